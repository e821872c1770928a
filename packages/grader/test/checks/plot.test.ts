import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../src/grade/outcome.ts';
import { text } from '../../../submission/test/support/models.ts';
import { png } from '../../../submission/test/support/pictures.ts';
import { ANSWERS, check, graded, submission } from '../support/whole-submission.ts';

const plot = async (
  answer: string,
  pictures: Record<string, Uint8Array>,
): Promise<CheckOutcome> => {
  const content = submission({ q3: answer });
  content.delete('plots/q3.png');
  for (const [path, bytes] of Object.entries(pictures)) content.set(path, bytes);
  return check(await graded(content), 'q3', 'plot');
};

describe('plot', () => {
  const link = '![history](plots/mine.png)';
  it.each([
    ['a readable picture', link, { 'plots/mine.png': png() }, 'passed'],
    ['a picture elsewhere', link, { 'mine.png': png() }, 'passed'],
    [
      'a backslash and spaces',
      String.raw`![](<.\plots\my%20plot.png>)`,
      { 'plots/my plot.png': png() },
      'passed',
    ],
    ['a loose picture with the number', 'See the file.', { 'q3.png': png() }, 'passed'],
    [
      'an embedded picture',
      `![](data:image/png;base64,${Buffer.from(png()).toString('base64')})`,
      {},
      'passed',
    ],
    ['a blank picture', link, { 'plots/mine.png': png({ blank: true }) }, 'failed'],
    ['a tiny picture', link, { 'plots/mine.png': png({ width: 8, height: 8 }) }, 'failed'],
    ['a broken link', link, {}, 'missing'],
    ['a picture on the web', '![](https://example.org/a.png)', {}, 'missing'],
    ['a path out of the submission', '![](../../../etc/a.png)', {}, 'missing'],
    ['a picture cut in half', link, { 'plots/mine.png': png().slice(0, 100) }, 'refused'],
    [
      'a script called png',
      link,
      { 'plots/mine.png': text('<svg onload="alert(1)"/>') },
      'refused',
    ],
    ['the picture of another question', '', { 'plots/mine.png': png() }, 'missing'],
  ])('%s', async (_, answer, pictures, outcome) => {
    expect((await plot(answer, pictures)).outcome).toBe(outcome);
  });

  it('leaves noise and empty pictures to a person', async () => {
    const picture = (shade: (x: number, y: number) => number): Uint8Array => {
      const [width, height] = [160, 120];
      const data = new Uint8Array(width * height * 3);
      for (let at = 0; at < width * height; at += 1) {
        data.fill(shade(at % width, Math.floor(at / width)), at * 3, at * 3 + 3);
      }
      return encode({ width, height, data, channels: 3 });
    };
    // The low bits of squares are as good as noise.
    const noise = picture((x, y) => (x * x * 7919 + y * y * 104_729 + x * y * 31) % 256);
    expect(await plot(link, { 'plots/mine.png': noise })).toMatchObject({
      outcome: 'needs-review',
      message: expect.stringContaining('looks like noise') as string,
    });
    expect((await plot(link, { 'plots/mine.png': picture((x) => x) })).outcome).toBe(
      'needs-review',
    );
    const both = `${link}\n\n![](noise.png)`;
    const pictures = { 'plots/mine.png': png(), 'noise.png': noise };
    expect((await plot(both, pictures)).outcome).toBe('passed');
  });

  it('names the path of a broken link', async () => {
    expect((await plot(link, {})).message).toContain('plots/mine.png');
  });

  it('asks a person when two questions show the same picture', async () => {
    const grade = await graded(submission({ q5: ANSWERS.q3 }));
    expect(grade.outcomes[2]?.outcome).toBe('passed');
    expect(grade.outcomes[4]).toMatchObject({ outcome: 'needs-review', pending: 1 });
  });
});

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { BARS, writeBarsFiles } from './bars-lab.ts';
import { type Outcome, runInProcess } from './harness.ts';

const NightSchema = z.object({
  verdict: z.string(),
  full: z.boolean(),
  left: z.array(z.string()),
  exercises: z.array(
    z.object({ exercise: z.string(), identity: z.string(), details: z.array(z.string()) }),
  ),
});
type Night = z.infer<typeof NightSchema>;

const [BAR] = BARS.exercises;
/** Three exercises of one recipe but for its epochs, of which there are so many that every seed learns all of it. */
const NAMES = ['bars-a', 'bars-b', 'bars-c'];
const THREE = {
  ...BARS,
  exercises: NAMES.map((id, index) => ({
    ...BAR,
    id,
    recipe: { ...BAR?.recipe, epochs: 40 + index },
  })),
  questions: [{ ...BARS.questions[0], exercise: 'bars-a' }],
};

describe('a night', () => {
  let work: string;
  let lab: string;
  let cache: string;
  const run = (...args: string[]): Promise<Outcome> =>
    runInProcess(['--labs', lab, ...args], cache);

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-nights-'));
    vi.stubEnv('LABPROOF_DATA', join(work, 'data'));
    cache = join(work, 'cache');
    lab = join(work, 'bars');
    await mkdir(lab, { recursive: true });
    await writeFile(join(lab, 'lab.json'), JSON.stringify(THREE));
    await writeFile(join(lab, 'introduction.md'), 'Learn to see bars.\n');
    await writeBarsFiles(join(work, 'files'));
    await run('datasets', 'add', 'bar-images', join(work, 'files'));
    const { exitCode } = await run('calibrate', 'bars', '--trials', '4', '--jobs', '1');
    expect(exitCode).toBe(0);
  });
  afterEach(() => rm(join(cache, 'nights'), { recursive: true, force: true }));
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(work, { recursive: true, force: true });
  });

  /** A full night in which the time is over as soon as a text stands on stderr. */
  async function nightUntil(
    text: string | null,
    date: string,
  ): Promise<{ exitCode: number; night: Night; err: string }> {
    let seconds = 0;
    const heard: string[] = [];
    const out: string[] = [];
    const { exitCode } = await runInProcess(
      ['--labs', lab, 'verify', 'bars', '--full', '--time-limit', '1h30m', '--jobs', '1', '--json'],
      cache,
      {
        now: () => seconds,
        today: () => date,
        out: (line) => void out.push(line),
        err: (line) => {
          heard.push(line);
          if (text !== null && line.includes(text)) seconds = 5400;
        },
      },
    );
    return { exitCode, night: NightSchema.parse(JSON.parse(out.join(''))), err: heard.join('') };
  }
  const ran = ({ exercises }: Night): string[] =>
    exercises.flatMap(({ exercise, identity }) => (identity === 'not-run' ? [] : exercise));

  it('with a time limit does what fits, says what was left, and the next ones go on there', async () => {
    const first = await nightUntil('bars-b …', '2026-11-21');
    expect(first.exitCode).toBe(3);
    expect(first.night).toMatchObject({ verdict: 'ok', full: true });
    expect(ran(first.night)).toEqual(['bars-a']);
    expect(first.night.left).toEqual(['bars/bars-b', 'bars/bars-c']);
    expect(first.night.exercises[1]?.details.join()).toContain(
      'not run: the time limit of 1 h 30 min was over',
    );

    const second = await nightUntil('bars-a …', '2026-11-22');
    expect(second.exitCode).toBe(3);
    expect(ran(second.night)).toEqual(['bars-b', 'bars-c']);
    expect(second.night.left).toEqual(['bars/bars-a']);

    const third = await nightUntil(null, '2026-11-23');
    expect(third).toMatchObject({ exitCode: 0, night: { verdict: 'ok', left: [] } });
    expect(third.err.indexOf('bars-a …')).toBeLessThan(third.err.indexOf('bars-b …'));
    expect(ran(third.night)).toEqual(NAMES);
    for (const date of ['2026-11-21', '2026-11-22', '2026-11-23']) {
      expect(existsSync(join(cache, 'nights', date, 'bars'))).toBe(false);
    }
  });

  it('goes on with the trials of what was left in the middle, and with its fresh seeds', async () => {
    // The three calibrated seeds of the first exercise are done, then the time is over.
    const first = await nightUntil('bars-a: 3 trials', '2026-11-21');
    expect(first).toMatchObject({ exitCode: 3, night: { verdict: 'not-run' } });
    expect(first.night.left).toHaveLength(3);
    const second = await nightUntil(null, '2026-11-22');
    expect(second.err).toContain('bars-a: 3 trials, 3 of them from the cache');
    expect(second.night.exercises[0]?.details.join()).toContain('from seed 20261121000 on');
    expect(second.night.exercises[1]?.details.join()).toContain('from seed 20261122000 on');
    expect(existsSync(join(cache, 'nights', '2026-11-21'))).toBe(false);
  });

  it('says that a limit is for full nights, and what a span of time looks like', async () => {
    const quick = await run('verify', 'bars', '--time-limit', '6h');
    expect(quick).toMatchObject({ exitCode: 2 });
    expect(quick.err).toContain('[verify-limit-without-full]');
    for (const span of ['6', '0h', 'soon', '1.5h']) {
      const { exitCode, err } = await run('verify', 'bars', '--full', '--time-limit', span);
      expect(exitCode).toBe(2);
      expect(err).toContain('6h, 90m, 1h30m');
    }
  });

  it('names the damaged file of data of one’s own, the digest it should have and what to do', async () => {
    const file = join(work, 'data', 'bar-images', 'test-labels');
    const intact = await readFile(file);
    try {
      const bytes = Uint8Array.from(intact);
      bytes[20] = 1 - (bytes[20] ?? 0);
      await writeFile(file, bytes);
      const junit = join(work, 'junit.xml');
      const { exitCode, out } = await run('verify', 'bars', '--json', '--junit', junit);
      expect(exitCode).toBe(2);
      const night = NightSchema.parse(JSON.parse(out));
      expect(night.verdict).toBe('broken');
      const [details = ''] = night.exercises[0]?.details ?? [];
      for (const text of [
        `${file} is damaged (its SHA-256 is `,
        `instead of ${BARS.datasets[0]?.test.labels.sha256}`,
        'datasets add bar-images',
        '[dataset-not-added]',
      ]) {
        expect(details).toContain(text);
      }
      expect(await readFile(junit, 'utf8')).toContain(`message="broken: Bars is not complete in`);
    } finally {
      await writeFile(file, intact);
    }
  });

  it('puts what is wrong at the head of what it prints, and says where one reads it that it could not begin', async () => {
    const file = join(lab, 'bands', 'bars-b.json');
    const manifest = join(lab, 'manifests', 'bars-b.json');
    const summary = join(work, 'causes.md');
    const junit = join(work, 'causes.xml');
    const args = ['--labs', lab, 'verify', 'bars', '--junit', junit];
    const night = (): Promise<Outcome> => runInProcess(args, cache, { jobSummaryFile: summary });
    const signed = await readFile(manifest, 'utf8');
    await writeFile(manifest, signed.replace('"kind":"shuffle"', '"kind":"dropout"'));
    try {
      const { exitCode, out } = await night();
      expect(exitCode).toBe(1);
      const cause = `${manifest} was changed: its content does not match its checksum`;
      expect(out.split('\n').slice(0, 3)).toEqual([
        'verdict: drifted (quick); 1 of 3 exercises not as calibrated',
        `  bars/bars-b drifted: ${cause}`,
        '',
      ]);
      expect(out.split('\n')[3]).toContain('bars/bars-b: calibration drifted, identity ok');
      expect(out.trimEnd().split('\n').at(-1)).toBe('verdict: drifted (quick)');
      expect((await readFile(summary, 'utf8')).split('\n')[2]).toContain('- bars/bars-b drifted: ');
      expect(await readFile(junit, 'utf8')).toContain(`message="drifted: ${cause}"`);
    } finally {
      await writeFile(manifest, signed);
    }
    // A blank that became an exclamation mark is still YAML.
    const bands = await readFile(file, 'utf8');
    await writeFile(file, bands.replace(' ', '!'));
    try {
      const { exitCode, err } = await night();
      expect(exitCode).toBe(2);
      expect(err).toContain('bands/bars-b.json:1:1: the file was changed: it is no JSON');
      for (const read of [summary, junit]) {
        expect(await readFile(read, 'utf8')).toContain('the file was changed: it is no JSON');
      }
    } finally {
      await writeFile(file, bands);
    }
  });

  it('notices reversed class names, and so does whoever looks at the lab', async () => {
    const file = join(lab, 'lab.json');
    const [dataset] = THREE.datasets;
    const reversed = { ...THREE, datasets: [{ ...dataset, classes: ['below', 'above'] }] };
    await writeFile(file, JSON.stringify(reversed));
    try {
      const { exitCode, out } = await run('verify', 'bars/bars-a');
      expect(exitCode).toBe(1);
      expect(out).toContain('identity drifted');
      expect(out).toContain(
        'reversed order since the calibration: 0: above → below, 1: below → above',
      );
      expect((await run('labs', 'bars')).err).toContain(
        'bands/bars-a.json: the class names stand in reversed order',
      );
    } finally {
      await writeFile(file, JSON.stringify(THREE));
    }
    expect((await run('verify', 'bars/bars-a')).exitCode).toBe(0);
  });

  it('that was quick and green is not the headline over a full one that was red', async () => {
    const history = join(work, 'nights.jsonl');
    const summary = join(work, 'summary.md');
    const page = join(work, 'nights.html');
    const red = {
      date: '2026-11-20',
      verdict: 'drifted',
      exercises: [
        {
          lab: 'bars',
          exercise: 'bars-a',
          identity: 'ok',
          fixedSeeds: 'drifted',
          freshSeeds: 'drifted',
          details: ['the mean moved'],
        },
      ],
    };
    await writeFile(history, `${JSON.stringify(red)}\n`);
    const args = ['--labs', lab, 'verify', 'bars', '--history', history, '--page', page];
    const { exitCode, out } = await runInProcess(args, cache, { jobSummaryFile: summary });
    expect(exitCode).toBe(0);
    expect(out).toContain('still open: bars/bars-a, drifted in the full night of 2026-11-20');
    expect(out).toContain('verdict: ok (quick)');
    const markdown = await readFile(summary, 'utf8');
    expect(markdown.split('\n')[0]).toContain('## Labproof: ⚠️ drifted since an earlier night');
    expect(markdown).toContain('**bars/bars-a** still ⚠️ drifted from 2026-11-20');
    expect(await readFile(page, 'utf8')).toContain('id="open"');
    // A history that cannot be read loses nothing of what was trained.
    await writeFile(history, 'no night\n');
    const again = await run('verify', 'bars/bars-a', '--history', history);
    expect(again).toMatchObject({ exitCode: 0, err: expect.stringContaining('Line 1') });
    expect(await readFile(history, 'utf8')).toContain('"verdict":"ok"');
  });
});

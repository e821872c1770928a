import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BARS, writeBarsFiles } from './bars-lab.ts';
import { type Outcome, runInProcess } from './harness.ts';

describe('a lab of the user’s own', () => {
  let work: string;
  let lab: string;
  const run = (...args: string[]) => runInProcess(['--labs', lab, ...args], join(work, 'cache'));

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-own-lab-'));
    vi.stubEnv('LABPROOF_DATA', join(work, 'data'));
    lab = join(work, 'labs', 'bars');
    await mkdir(lab, { recursive: true });
    await writeFile(join(lab, 'lab.json'), JSON.stringify(BARS));
    await writeFile(join(lab, 'introduction.md'), 'Learn to see bars.\n');
    await writeBarsFiles(join(work, 'files'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(work, { recursive: true, force: true });
  });

  it('stands in the list, given by its own folder or the one above', async () => {
    for (const folder of [lab, join(work, 'labs')]) {
      const { out } = await runInProcess(['labs', 'bars', '--labs', folder], join(work, 'cache'));
      expect(out).toContain('bars — Bars (version 1.0.0, 1 point)');
      expect(out).toContain(
        'bars-mlp: bar-images, 30 parameters, 2 epochs, each with a new order of the images; not calibrated yet',
      );
    }
  });

  it('says which data are missing, takes them, is calibrated in its folder and verified', async () => {
    const early = await run('run', 'bars');
    expect(early).toMatchObject({ exitCode: 2, err: expect.stringContaining('dataset-not-added') });
    const added = await run('datasets', 'add', 'bar-images', join(work, 'files'));
    expect(added.exitCode).toBe(0);
    const uncalibrated = await run('verify', 'bars');
    expect(uncalibrated).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('verdict: not-run'),
    });
    const calibration = await run('calibrate', 'bars', '--trials', '3', '--jobs', '1');
    expect(calibration.exitCode).toBe(0);
    const bands: unknown = JSON.parse(await readFile(join(lab, 'bands', 'bars-mlp.json'), 'utf8'));
    expect(bands).toMatchObject({ exercise: 'bars-mlp', n: 3 });
    const night = await run('verify', 'bars');
    expect(night).toMatchObject({ exitCode: 0, out: expect.stringContaining('identity ok') });
  });

  it.each([
    [{ ...BARS, title: 7 }, 'lab-invalid', 'lab.json:1:22: "title" is 7 and must be a text.'],
    [{ ...BARS, id: 'image-recognition' }, 'lab-id-taken', 'image-recognition'],
    [{ ...BARS, questions: [] }, 'lab-invalid', 'the lab has no questions'],
  ])('is refused when it is wrong (%#)', async (content, code, message) => {
    const folder = join(work, code);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'lab.json'), JSON.stringify(content));
    await writeFile(join(folder, 'introduction.md'), 'Wrong.\n');
    const { exitCode, err } = await runInProcess(['--labs', folder, 'labs'], join(work, 'cache'));
    expect(exitCode).toBe(2);
    expect(err).toContain(`[${code}]`);
    expect(err).toContain(message);
    expect(err).not.toContain('problems');
  });

  it('is packed over its former edition, but not into the files of another', async () => {
    const out = join(work, 'edition');
    const pack = (): Promise<Outcome> => run('pack', 'bars', '--student', '--out', out);
    for (const _ of ['first', 'again']) {
      expect((await pack()).out.trimEnd().split('\n')).toEqual(
        ['lab.yaml', 'introduction.md', 'questions/q1.md', 'README.md'].map((file) =>
          join(out, file),
        ),
      );
    }
    await writeFile(join(out, 'questions', 'q2.md'), 'A question of another lab.\n');
    await writeFile(join(out, 'lab.json'), '{}');
    const { exitCode, err } = await pack();
    expect(exitCode).toBe(2);
    expect(err).toContain('[pack-folder-in-use]');
    expect(err).toContain('lab.json, questions/q2.md');
  });

  it('is asked for where there is none', async () => {
    const { exitCode, err } = await runInProcess(
      ['--labs', join(work, 'files'), 'labs'],
      join(work, 'cache'),
    );
    expect(exitCode).toBe(2);
    expect(err).toContain('[lab-folder-empty]');
  });
});

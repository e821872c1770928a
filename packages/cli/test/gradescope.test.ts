import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { datasetDirectory } from '@labproof/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesInZip } from './files-in-zip.ts';
import { commandLine, runInProcess } from './harness.ts';

const run = promisify(execFile);
const fixture = fileURLToPath(
  new URL('../../../fixtures/image-recognition/answers-missing/submission', import.meta.url),
);

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-gradescope-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

async function autograde(submission: string | null): Promise<unknown> {
  const root = join(work, submission === null ? 'nothing' : 'something');
  await mkdir(join(root, 'submission'), { recursive: true });
  if (submission !== null) await cp(submission, join(root, 'submission'), { recursive: true });
  const script = join(root, 'run_autograder');
  const files = filesInZip(await readFile(join(work, 'autograder.zip')));
  await writeFile(script, files.get('run_autograder')?.content ?? '');
  const env = {
    ...process.env,
    AUTOGRADER: root,
    LABPROOF: commandLine([]).join(' '),
    // The data that this machine has already; an autograder fetches them when its image is built.
    LABPROOF_DATA: join(datasetDirectory('mnist'), '..'),
  };
  await run('bash', [script], { env });
  return JSON.parse(await readFile(join(root, 'results', 'results.json'), 'utf8'));
}

describe('an autograder for Gradescope', () => {
  it('is the same zip every time, with two files that run', async () => {
    const args = [
      'pack',
      'image-recognition',
      '--gradescope',
      '--out',
      join(work, 'autograder.zip'),
    ];
    expect(await runInProcess(args, work)).toMatchObject({ exitCode: 0 });
    const first = await readFile(join(work, 'autograder.zip'));
    await runInProcess(args, work);
    expect(await readFile(join(work, 'autograder.zip'))).toEqual(first);
    const files = filesInZip(first);
    expect([...files.keys()]).toEqual(['setup.sh', 'run_autograder']);
    for (const { mode, content } of files.values()) {
      expect(mode & 0o111).toBe(0o111);
      expect(content).toMatch(/^#!\/usr\/bin\/env bash\n/u);
      expect(content).not.toContain('\r');
    }
    expect(files.get('setup.sh')?.content).toContain('datasets pull mnist');
  });

  it('grades what lies in its folder, and says nothing of a score where it cannot', async () => {
    const results = await autograde(fixture);
    expect(results).toMatchObject({
      score: expect.any(Number),
      tests: expect.arrayContaining([expect.objectContaining({ number: '1' })]),
    });
    const failed = await autograde(null);
    expect(failed).toEqual({ output: expect.stringContaining('no fault of yours') });
  });

  it('is asked for by name', async () => {
    const { exitCode, err } = await runInProcess(
      ['pack', 'image-recognition', '--out', work],
      work,
    );
    expect(exitCode).toBe(2);
    expect(err).toContain('[pack-edition]');
  });
});

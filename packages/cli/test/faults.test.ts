import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandLine, type Outcome, outcomeOf, runInProcess, startProcess } from './harness.ts';

const TARGET = 'image-recognition/mnist-mlp-relu';
const SHORT = ['run', TARGET, '--trials', '3', '--epochs', '1', '--limit', '2000', '--json'];

const RunSchema = z.object({
  trials: z.array(z.object({ seed: z.int(), digest: z.string(), cached: z.boolean() })),
});

function trialsOf({ out, err }: Outcome): z.infer<typeof RunSchema>['trials'] {
  expect(out, err).not.toBe('');
  return RunSchema.parse(JSON.parse(out)).trials;
}

const digestsOf = (outcome: Outcome): string[] => trialsOf(outcome).map(({ digest }) => digest);

/** Starts the command where no file can grow past so many KiB: bytes are refused half-way, as on a full disk. */
function withFileLimit(
  kibibytes: number,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  const script = `ulimit -f ${kibibytes} && exec "$@"`;
  return spawn('bash', ['-c', script, 'bash', ...commandLine(args)], {
    // The loader of TypeScript keeps files of its own, which must not be cut off.
    env: { ...process.env, ...env, TSX_DISABLE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function filesIn(cache: string, extension: string): string[] {
  if (!existsSync(cache)) return [];
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => join(cache, name))
    .toSorted();
}

describe('faults while trials run', () => {
  let work: string;
  let expected: string[];

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-faults-'));
    expected = digestsOf(await runInProcess(SHORT, join(work, 'calm')));
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  it('two commands at once on one cache come to the same trials and leave whole files', async () => {
    const cache = join(work, 'shared');
    const both = await Promise.all(
      [1, 2].map(() => outcomeOf(startProcess(SHORT, { LABPROOF_CACHE: cache }))),
    );
    for (const outcome of both) {
      expect(outcome.exitCode, outcome.err).toBe(0);
      expect(digestsOf(outcome)).toEqual(expected);
    }
    expect(filesIn(cache, '.tmp')).toEqual([]);
    const third = trialsOf(await runInProcess(SHORT, cache));
    expect(third.map(({ cached }) => cached)).toEqual([true, true, true]);
  });

  it('a kept trial with one flipped bit is not believed but trained again, to the same weights', async () => {
    const cache = join(work, 'flipped');
    await runInProcess(SHORT, cache);
    const [damaged = ''] = filesIn(cache, '.weights');
    const bytes = readFileSync(damaged);
    bytes[1000] = (bytes[1000] ?? 0) ^ 4;
    writeFileSync(damaged, bytes);
    const again = trialsOf(await runInProcess(SHORT, cache));
    expect(again.filter(({ cached }) => !cached)).toHaveLength(1);
    expect(again.map(({ digest }) => digest)).toEqual(expected);
    const mended = trialsOf(await runInProcess(SHORT, cache));
    expect(mended.every(({ cached }) => cached)).toBe(true);
  });

  it('SIGTERM ends a run with what to do next, and the second run goes on', async () => {
    const args = ['run', TARGET, '--epochs', '2', '--jobs', '1', '--json'];
    const cache = join(work, 'terminated');
    const child = startProcess([...args, '--trials', '10000'], { LABPROOF_CACHE: cache });
    const ended = outcomeOf(child);
    while (filesIn(cache, '.json').length === 0) {
      const early = await Promise.race([
        ended,
        new Promise<null>((resolve) => setTimeout(() => resolve(null), 20)),
      ]);
      if (early !== null) throw new Error(`ended with ${early.exitCode}: ${early.err}`);
    }
    child.kill('SIGTERM');
    const { exitCode, err } = await ended;
    expect(exitCode).toBe(143);
    expect(err).toContain('[trial-interrupted]');
    const kept = filesIn(cache, '.json').length;
    const again = trialsOf(await runInProcess([...args, '--trials', String(kept + 1)], cache));
    expect(again.filter(({ cached }) => cached)).toHaveLength(kept);
  });

  it.skipIf(process.platform === 'win32')(
    'a disk that takes no more ends the run with a message, keeps nothing torn, and the next run goes on',
    async () => {
      const cache = join(work, 'full');
      const { exitCode, err } = await outcomeOf(
        withFileLimit(100, SHORT, { LABPROOF_CACHE: cache }),
      );
      expect(err).toContain('[cache-not-writable]');
      expect(err).toContain('LABPROOF_CACHE');
      expect(exitCode).toBe(2);
      expect(filesIn(cache, '.tmp')).toEqual([]);
      expect(filesIn(cache, '.json')).toEqual([]);
      expect(digestsOf(await runInProcess(SHORT, cache))).toEqual(expected);
    },
  );

  it('a cache that lies where a file is ends the run with a message', async () => {
    const file = join(work, 'file');
    writeFileSync(file, '');
    const { exitCode, err } = await runInProcess(SHORT, join(file, 'cache'));
    expect(exitCode).toBe(2);
    expect(err).toContain('[cache-not-writable]');
  });
});

describe('faults while a class is graded', () => {
  let work: string;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-faults-'));
    const fixture = new URL(
      '../../../fixtures/image-recognition/answers-missing/',
      import.meta.url,
    );
    await cp(new URL('submission', fixture), join(work, 'class', 'amy'), { recursive: true });
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  it.skipIf(process.platform === 'win32')(
    'results that do not fit on the disk leave the former ones as they were, and the next grading writes them',
    async () => {
      const out = join(work, 'out');
      const args = ['grade', join(work, 'class'), '--lab', 'image-recognition', '--out', out];
      const results = ['grades.json', 'grades.csv', join('amy', 'grade.json')];
      const contents = (): string[] => results.map((name) => readFileSync(join(out, name), 'utf8'));
      expect((await runInProcess(args, join(work, 'cache'))).exitCode).toBe(0);
      const former = contents();

      const { exitCode, err } = await outcomeOf(withFileLimit(8, [...args, '--fresh']));
      expect(exitCode).toBe(2);
      expect(err).toMatch(/\[output-(?:not-writable|disk-full)\]/u);
      expect(contents()).toEqual(former);
      expect(filesIn(out, '.part')).toEqual([]);

      expect((await runInProcess([...args, '--fresh'], join(work, 'cache'))).exitCode).toBe(0);
      expect(contents()).toEqual(former);
    },
  );
});

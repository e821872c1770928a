import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrialResultSchema } from '@labproof/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Outcome, outcomeOf, runInProcess, startProcess } from './harness.ts';

/** The `run --json` contract, written here a second time so that the program cannot drift away from it. */
const RunSchema = z.object({
  lab: z.string(),
  exercise: z.string(),
  arithmetic: z.string(),
  engine: z.enum(['native', 'wasm', 'tfjs']),
  trials: z.array(TrialResultSchema),
  summary: z.object({
    loss: z.object({ mean: z.number(), sd: z.number() }),
    accuracy: z.object({ mean: z.number(), sd: z.number() }),
  }),
});

const TARGET = 'image-recognition/mnist-mlp-relu';
const SHORT = ['--epochs', '1', '--limit', '2000'];

describe('labproof run', () => {
  let work: string;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-cli-'));
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  it('follows the JSON contract', async () => {
    const { exitCode, out } = await runInProcess(
      ['run', TARGET, '--trials', '2', ...SHORT, '--json'],
      join(work, 'contract'),
    );
    expect(exitCode).toBe(0);
    const result = RunSchema.parse(JSON.parse(out));
    expect(result).toMatchObject({ lab: 'image-recognition', exercise: 'mnist-mlp-relu' });
    expect(result.trials.map(({ seed }) => seed)).toEqual([1, 2]);
    const [first, second] = result.trials;
    expect(first?.digest).toMatch(/^[0-9a-f]{64}$/u);
    expect(first?.digest).not.toBe(second?.digest);
    expect(first?.initialDigest).not.toBe(first?.digest);
    expect(first?.history).toHaveLength(1);
    const mean = ((first?.test.accuracy ?? 0) + (second?.test.accuracy ?? 0)) / 2;
    expect(result.summary.accuracy.mean).toBeCloseTo(mean, 12);
  });

  it('gives the same bits on any number of threads, and says where the machine has fewer', async () => {
    const run = ['run', TARGET, '--epochs', '1', '--limit', '512', '--json', '--threads'];
    const digestOn = async (threads: string, cores: number): Promise<[string, string]> => {
      const cache = join(work, `threads-${threads}-${cores}`);
      const { exitCode, out, err } = await runInProcess([...run, threads], cache, { cores });
      expect(exitCode).toBe(0);
      return [RunSchema.parse(JSON.parse(out)).trials[0]?.digest ?? '', err];
    };
    const [digest] = await digestOn('1', 2);
    expect((await digestOn('auto', 3))[0]).toBe(digest);
    const [again, err] = await digestOn('8', 2);
    expect(again).toBe(digest);
    expect(err).toContain('--threads 8: this machine has 2 cores, so it is 2\n');
  });

  it('writes models, histories and a report', async () => {
    const out = join(work, 'out');
    const { exitCode } = await runInProcess(
      ['run', TARGET, '--epochs', '1', '--limit', '1000', '--seed', '5', '--out', out],
      join(work, 'out-cache'),
    );
    expect(exitCode).toBe(0);
    const folder = join(out, 'mnist-mlp-relu');
    expect(readdirSync(folder).toSorted()).toEqual(['manifest.json', 'seed-5', 'trials.html']);
    expect(readdirSync(join(folder, 'seed-5')).toSorted()).toEqual([
      'history.csv',
      'model.json',
      'weights.bin',
    ]);
    expect(await readFile(join(folder, 'trials.html'), 'utf8')).toContain('mnist-mlp-relu');
  });

  it('signs off what came out, so that it can be computed again whole', async () => {
    const manifest = join(work, 'out', 'mnist-mlp-relu', 'manifest.json');
    const again = (): Promise<Outcome> =>
      runInProcess(['verify', manifest], join(work, 'out-cache'));
    const { exitCode, out } = await again();
    expect(out).toContain('1 trial: every digest, loss, accuracy and predicted class is the same');
    expect(exitCode).toBe(0);
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace(/"accuracy":0\.(\d)/u, '"accuracy":0.9$1'));
    const edited = await again();
    expect(edited.out).toContain(
      'the manifest was changed: its content does not match its checksum',
    );
    expect(edited.out).toMatch(/seed 5 gives accuracy of epoch 1 0\.\d+ instead of 0\.9/u);
    expect(edited.exitCode).toBe(1);
    await writeFile(manifest, text.slice(0, 100));
    expect((await again()).err).toContain('manifest-unreadable');
    await writeFile(manifest, text);
  });

  it('is killed mid-way, started again, and comes to the same digests', async () => {
    // It has more to do than it will be given time for.
    const args = ['run', TARGET, ...SHORT, '--jobs', '2', '--json'];
    const cache = join(work, 'killed');
    const killed = startProcess([...args, '--trials', '10000'], { LABPROOF_CACHE: cache });
    const ended = outcomeOf(killed);
    await untilThere(() => trialsIn(cache) > 0, ended);
    killed.kill('SIGKILL');
    await ended;
    const finishedBefore = trialsIn(cache);

    const more = [...args, '--trials', String(finishedBefore + 2)];
    const again = await outcomeOf(startProcess(more, { LABPROOF_CACHE: cache }));
    const whole = await runInProcess(more, join(work, 'whole'));
    const trialsOf = ({ out }: Outcome) => RunSchema.parse(JSON.parse(out)).trials;
    expect(again.exitCode, again.err).toBe(0);
    expect(trialsOf(again).map(({ digest }) => digest)).toEqual(
      trialsOf(whole).map(({ digest }) => digest),
    );
    expect(trialsOf(again).filter(({ cached }) => cached)).toHaveLength(finishedBefore);
  });

  it('ends on Ctrl-C with what to do next, and a second run goes on', async () => {
    const args = ['run', TARGET, ...SHORT, '--jobs', '1'];
    const cache = join(work, 'interrupted');
    const child = startProcess([...args, '--trials', '10000'], { LABPROOF_CACHE: cache });
    const ended = outcomeOf(child);
    await untilThere(() => trialsIn(cache) > 0, ended);
    child.kill('SIGINT');
    const { exitCode, err } = await ended;
    expect(exitCode).toBe(130);
    expect(err).toContain('Run the same command again');
    const kept = trialsIn(cache);
    const again = await runInProcess([...args, '--trials', String(kept + 1)], cache);
    expect(again.exitCode).toBe(0);
    expect(again.out).toContain('cached');
  });
});

/** Waits for something that a process does; a process that ends without it is an error. */
async function untilThere(ready: () => boolean, ended: Promise<Outcome>): Promise<void> {
  let early: Outcome | undefined;
  void ended.then((outcome) => (early = outcome));
  while (!ready()) {
    if (early !== undefined) throw new Error(`ended with ${early.exitCode}: ${early.err}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** How many finished trials a cache holds; there may be none, nor a folder for them. */
function trialsIn(cache: string): number {
  if (!existsSync(cache)) return 0;
  const files = readdirSync(cache, { recursive: true, encoding: 'utf8' });
  return files.filter((name) => name.endsWith('.json')).length;
}

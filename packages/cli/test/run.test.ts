import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
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

describe('labproof run', () => {
  let work: string;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-cli-'));
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  it('follows the JSON contract', async () => {
    const { exitCode, out } = await runInProcess(
      ['run', TARGET, '--trials', '2', '--epochs', '1', '--json'],
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

  it('writes models, histories and a report', async () => {
    const out = join(work, 'out');
    const { exitCode } = await runInProcess(
      ['run', TARGET, '--epochs', '1', '--limit', '1000', '--seed', '5', '--out', out],
      join(work, 'out-cache'),
    );
    expect(exitCode).toBe(0);
    const folder = join(out, 'mnist-mlp-relu');
    expect(readdirSync(folder).toSorted()).toEqual(['seed-5', 'trials.html']);
    expect(readdirSync(join(folder, 'seed-5')).toSorted()).toEqual([
      'history.csv',
      'model.json',
      'weights.bin',
    ]);
    expect(await readFile(join(folder, 'trials.html'), 'utf8')).toContain('mnist-mlp-relu');
  });

  it('is killed mid-way, started again, and comes to the same digests', async () => {
    const args = ['run', TARGET, '--trials', '3', '--epochs', '4', '--jobs', '2', '--json'];
    const cache = join(work, 'killed');
    const killed = startProcess(args, { LABPROOF_CACHE: cache });
    const ended = outcomeOf(killed);
    // The kill comes when the first trial is in the cache and the others are still at work.
    await untilThere(
      () => existsSync(cache) && files(cache).some((name) => name.endsWith('.json')),
      ended,
    );
    killed.kill('SIGKILL');
    await ended;
    const finishedBefore = files(cache).filter((name) => name.endsWith('.json')).length;
    expect(finishedBefore).toBeGreaterThan(0);

    const again = await outcomeOf(startProcess(args, { LABPROOF_CACHE: cache }));
    const whole = await runInProcess(args, join(work, 'whole'));
    const digests = (text: string): string[] =>
      RunSchema.parse(JSON.parse(text)).trials.map(({ digest }) => digest);
    expect(again.exitCode).toBe(0);
    expect(digests(again.out)).toEqual(digests(whole.out));
    const cached = RunSchema.parse(JSON.parse(again.out)).trials.filter((trial) => trial.cached);
    expect(cached.length).toBeGreaterThanOrEqual(finishedBefore);
  });

  it('ends on Ctrl-C with what to do next, and a second run goes on', async () => {
    const args = ['run', TARGET, '--epochs', '3', '--jobs', '1'];
    const cache = join(work, 'interrupted');
    const child = startProcess([...args, '--trials', '10000'], { LABPROOF_CACHE: cache });
    const ended = outcomeOf(child);
    await untilThere(
      () => existsSync(cache) && files(cache).some((name) => name.endsWith('.json')),
      ended,
    );
    child.kill('SIGINT');
    const { exitCode, err } = await ended;
    expect(exitCode).toBe(130);
    expect(err).toContain('Run the same command again');
    const kept = files(cache).filter((name) => name.endsWith('.json')).length;
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

function files(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' });
}

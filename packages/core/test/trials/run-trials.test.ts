import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  planTraining,
  createOracleKernels,
  openKernels,
  runTrial,
  runTrials,
  type TrialResult,
} from '../../src/index.ts';
import type { RunTrialsOptions } from '../../src/trials/run-trials.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

const dataset = syntheticDataset();
const recipe = syntheticRecipe({ epochs: 3 });

describe('runTrials', () => {
  let cacheDirectory: string;

  beforeEach(async () => {
    cacheDirectory = await mkdtemp(join(tmpdir(), 'labproof-trials-'));
  });
  afterEach(() => rm(cacheDirectory, { recursive: true, force: true }));

  function run(options: Partial<RunTrialsOptions> = {}): Promise<TrialResult[]> {
    return runTrials({
      recipe,
      dataset,
      seeds: [1, 2, 3],
      engine: 'wasm',
      jobs: 2,
      cacheDirectory,
      ...options,
    }).then(({ trials }) => trials.map(({ result }) => result));
  }

  const digests = (results: readonly TrialResult[]): string[] =>
    results.map(({ digest }) => digest);

  it('gives every seed its own digest, the same with one worker and with two, and as the oracle', async () => {
    const two = await run();
    expect(two.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(new Set(digests(two)).size).toBe(3);
    const elsewhere = await mkdtemp(join(tmpdir(), 'labproof-trials-'));
    try {
      const one = await run({ jobs: 1, cacheDirectory: elsewhere });
      expect(digests(one)).toEqual(digests(two));
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
    const oracle = await runTrial({
      kernels: createOracleKernels(),
      plan: planTraining(recipe, dataset),
      dataset,
      seed: 2,
      now: () => 0,
    });
    expect(oracle.result.digest).toBe(two[1]?.digest);
    expect(oracle.result.history).toEqual(two[1]?.history);
  });

  it('gives the same digests on the best engine of this machine', async () => {
    const { engine } = await openKernels('auto');
    const wasm = await run();
    const elsewhere = await mkdtemp(join(tmpdir(), 'labproof-trials-'));
    try {
      const best = await run({
        engine: engine === 'native' ? 'native' : 'wasm',
        cacheDirectory: elsewhere,
      });
      expect(digests(best)).toEqual(digests(wasm));
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  it('runs nothing twice: finished trials come from the cache with the same results', async () => {
    const first = await run({ seeds: [1, 2] });
    expect(first.map(({ cached }) => cached)).toEqual([false, false]);
    const finished: number[] = [];
    const second = await run({ onFinished: ({ seed }) => finished.push(seed) });
    expect(second.map(({ cached }) => cached)).toEqual([true, true, false]);
    expect(second.slice(0, 2).map((result) => ({ ...result, cached: false }))).toEqual(first);
    expect(finished.toSorted()).toEqual([1, 2, 3]);
  });

  it('reports the epoch, step and seed of a run that diverges, as a problem of the recipe', async () => {
    const diverging = syntheticRecipe({
      inputScale: 'raw',
      loss: 'mean_squared_error',
      optimizer: { class_name: 'SGD', learning_rate: 1e30, momentum: 0, nesterov: false, decay: 0 },
      model: {
        name: 'diverging',
        layers: [
          {
            class_name: 'Dense',
            config: { name: 'only', batch_input_shape: [null, 16], units: 3 },
          },
        ],
      },
    });
    await expect(run({ recipe: diverging, seeds: [9] })).rejects.toMatchObject({
      code: 'training-diverged',
      owner: 'instructor',
      message: expect.stringMatching(/epoch 1, step \d+ \(seed 9\)/u),
    });
  });

  it('stops when it is told to, and keeps what was finished', async () => {
    const controller = new AbortController();
    const long = syntheticRecipe({ epochs: 2000 });
    const stopped = run({
      recipe: long,
      seeds: [1],
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'trial-interrupted' });
  });
});

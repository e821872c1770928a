import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dataset, loadDataset, recipeHash, runTrials } from '@labproof/core';
import { findExercise, Labs } from '../src/index.ts';

const labs = new Labs();

/**
 * What seeds 1 to 3 come to at full length. A change here is a change of the arithmetic or of a recipe:
 * it needs a decision record, and bands measured anew.
 */
const FROZEN = {
  'mnist-mlp-linear': [
    '08c61ad1e038b384409a6a5f57bb59e9575cc5e6d2d7e22525743f145e484ce4',
    '142c7d5c3345952a6f512b47cc2aeea551a8b6ef260b8a9a8948d688df84b949',
    'a3f31c8eb4ed0a8306ce332076e269410fb11046bceb525e1a050ef58a1f316c',
  ],
  'mnist-mlp-relu': [
    '8dcadb84c358134398517ed33bbd126e4bf97285c93b0838d91c6fbf8c1e9ec9',
    '0bc625a41c46ce98633b2de422b670e9d525b65f8ae6034833379293be1d8654',
    '8bd3f6fd711816315a64f897c0fdd308ca6105a0d992a3b4894c3f4d82596bdd',
  ],
} as const;

describe('the digests of seeds 1 to 3 at full length', () => {
  let dataset: Dataset;
  let cacheDirectory: string;

  beforeAll(async () => {
    dataset = await loadDataset('mnist');
    cacheDirectory = await mkdtemp(join(tmpdir(), 'labproof-frozen-'));
  });
  afterAll(() => rm(cacheDirectory, { recursive: true, force: true }));

  it.each(Object.entries(FROZEN))('%s', async (id, frozen) => {
    const { recipe, bands } = findExercise(labs.find('image-recognition'), id);
    const { trials } = await runTrials({
      recipe,
      dataset,
      seeds: [1, 2, 3],
      engine: 'auto',
      jobs: availableParallelism(),
      cacheDirectory,
    });
    expect(trials.map(({ result }) => result.digest)).toEqual(frozen);
    // The measured bands are of this very recipe and data, and their first trials are these.
    expect(bands?.recipeHash).toBe(recipeHash(recipe));
    expect(bands?.dataDigest).toBe(dataset.digest);
    const first = bands?.trials.slice(0, 3);
    expect(first?.map(({ digest }) => digest)).toEqual(frozen);
    expect(first?.map(({ accuracy }) => accuracy)).toEqual(
      trials.map(({ result }) => result.test.accuracy),
    );
  });
});

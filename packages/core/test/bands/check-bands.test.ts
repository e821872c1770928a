import { describe, expect, it } from 'vitest';
import {
  bandsFaults,
  type Bands,
  measureBands,
  sealBands,
  type TrialResult,
} from '../../src/index.ts';
import { deriveFormerTest } from '../../src/bands/derive.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

const dataset = syntheticDataset();

function trial(seed: number): TrialResult {
  const accuracy = 0.9 + seed / 100;
  const epoch = { epoch: 1, loss: 1 / seed, accuracy, valLoss: 0.5, valAccuracy: accuracy };
  return {
    seed,
    digest: `weights of ${seed}`,
    initialDigest: `start of ${seed}`,
    history: [epoch],
    test: { loss: 1 / seed, accuracy },
    seconds: 1,
    cached: false,
  };
}

const bands: Bands = measureBands({
  exercise: 'synthetic',
  recipe: syntheticRecipe(),
  dataset,
  trials: [1, 2, 3, 4, 5].map(trial),
  length: 'full',
  environment: { node: 'v1' },
});

describe('bands', () => {
  it('are what their trials give, and have no faults', () => {
    expect(bandsFaults(bands)).toEqual([]);
    const { checksum: _, ...unsealed } = bands;
    expect(bandsFaults(unsealed)).toEqual([]);
  });

  it('of earlier versions have the bounds that were drawn then', () => {
    const { checksum: _, testCount: __, passing: ___, operatingCurve: ____, ...rest } = bands;
    const older = { ...rest, test: deriveFormerTest(bands.trials, dataset.test.count) };
    expect(older.test.accuracyLower).toMatchObject({ coverage: 0.95, k: 4.202681 });
    expect(bandsFaults(older)).toEqual([]);
    expect(bandsFaults({ ...older, test: bands.test })).not.toEqual([]);
  });

  it.each<[string, Partial<Bands>]>([
    [
      'the pass mark',
      { test: { ...bands.test, accuracyLower: { ...bands.test.accuracyLower, value: 0.5 } } },
    ],
    ['the spread', { test: { ...bands.test, accuracy: { ...bands.test.accuracy, sd: 1 } } }],
    [
      'a trial',
      { trials: bands.trials.map((one) => ({ ...one, accuracy: one.accuracy - 0.001 })) },
    ],
    ['the number of trials', { n: 6 }],
    ['a seed', { seeds: [1, 2, 3, 4, 6] }],
    ['the recipe', { recipe: syntheticRecipe({ epochs: 6 }) }],
  ])('show that %s was edited even with a new checksum', (_, change) => {
    expect(bandsFaults(sealBands({ ...bands, ...change }))).not.toEqual([]);
  });

  it.each<[string, Partial<Bands>]>([
    ['an epoch', { epochs: bands.epochs.map((epoch) => ({ ...epoch, epoch: 2 })) }],
    ['the environment', { environment: { node: 'v2' } }],
    ['a digest', { trials: bands.trials.map((one) => ({ ...one, digest: 'other' })) }],
    ['the checksum', { checksum: 'other' }],
  ])('show by their checksum that %s was edited', (_, change) => {
    expect(bandsFaults({ ...bands, ...change }).join()).toContain('checksum');
  });

  it('may differ in the last decimal, which machines round differently', () => {
    const { mean } = bands.test.loss;
    const test = { ...bands.test, loss: { ...bands.test.loss, mean: mean + 1e-6 } };
    expect(bandsFaults(sealBands({ ...bands, test }))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { createOracleKernels, planTraining, type Recipe, runTrial } from '../../src/index.ts';
import type { Dataset, Kernels } from '../../src/index.ts';
import { type Landmark, whereTheyPart } from '../../src/training/landmarks.ts';
import { syntheticDataset, syntheticRecipe } from './synthetic.ts';

const dataset = syntheticDataset();
const recipe = syntheticRecipe({ epochs: 2, batchSize: 10 });

async function landmarksOf(
  changes: Partial<Recipe> = {},
  {
    data = dataset,
    kernels = createOracleKernels(),
    seed = 1,
  }: {
    data?: Dataset;
    kernels?: Kernels;
    seed?: number;
  } = {},
): Promise<{ landmarks: readonly Landmark[]; digest: string }> {
  const plan = planTraining({ ...recipe, ...changes }, data);
  const { result } = await runTrial({
    kernels,
    plan,
    dataset: data,
    seed,
    now: () => 0,
    landmarks: true,
  });
  return { landmarks: result.landmarks ?? [], digest: result.digest };
}

describe('the landmarks of a training', () => {
  it('stand in the order of the training, change nothing and are the same again', async () => {
    const watched = await landmarksOf();
    const plan = planTraining(recipe, dataset);
    const kernels = createOracleKernels();
    const plain = await runTrial({ kernels, plan, dataset, seed: 1, now: () => 0 });
    expect(watched.digest).toBe(plain.result.digest);
    expect(plain.result.landmarks).toBeUndefined();
    expect(watched.landmarks.map(({ at }) => at)).toMatchSnapshot();
    expect(new Set(watched.landmarks.map(({ at }) => at)).size).toBe(watched.landmarks.length);
    expect((await landmarksOf()).landmarks).toEqual(watched.landmarks);
    expect(whereTheyPart(watched.landmarks, watched.landmarks)).toBeNull();
  });

  it.each<[string, Partial<Recipe>, string, string]>([
    ['another seed', {}, 'initialiser', 'initial weights: hidden/kernel'],
    ['no shuffle', { shuffle: false }, 'shuffle', 'order of the examples in epoch 1'],
    ['raw bytes', { inputScale: 'raw' }, 'data', 'step 1 of epoch 1: images'],
    ['another loss', { loss: 'mean_squared_error' }, 'loss', 'step 1 of epoch 1: losses'],
    [
      'a faster optimiser',
      { optimizer: { ...recipe.optimizer, learning_rate: 0.011 } },
      'learning rate',
      'step 1 of epoch 1: learning rate',
    ],
    [
      'another epsilon',
      { optimizer: { ...recipe.optimizer, epsilon: 1e-3 } as Recipe['optimizer'] },
      'optimiser',
      'step 1 of epoch 1: weights after it: hidden/kernel',
    ],
    [
      'a slower second epoch',
      { schedule: { kind: 'step', factor: 0.9, everyEpochs: 1 } },
      'learning rate',
      'step 1 of epoch 2: learning rate',
    ],
    [
      'validation on the test set',
      { validation: { from: 'test' }, trainLimit: 76 },
      'validation',
      'validation loss of epoch 1',
    ],
  ])('part where %s changes them', async (what, changes, kind, at) => {
    const before = await landmarksOf(
      what.startsWith('validation') ? { validation: { from: 'none' }, trainLimit: 76 } : {},
    );
    const known = what.startsWith('validation') ? await landmarksOf() : before;
    const after = await landmarksOf(changes, { seed: what === 'another seed' ? 2 : 1 });
    expect(whereTheyPart(known.landmarks, after.landmarks)).toMatchObject({ kind, at });
  });

  it('tell the forward pass from dropout', async () => {
    const rate = (value: number): Partial<Recipe> => ({
      model: {
        ...recipe.model,
        layers: recipe.model.layers.map((layer) =>
          layer.class_name === 'Dropout'
            ? { ...layer, config: { ...layer.config, rate: value } }
            : layer,
        ),
      },
    });
    const { landmarks } = await landmarksOf();
    const other = await landmarksOf(rate(0.3));
    expect(whereTheyPart(landmarks, other.landmarks)).toMatchObject({
      kind: 'dropout',
      at: 'step 1 of epoch 1: outputs in training',
    });
  });

  it('tell a gradient from what comes before it', async () => {
    const kernels = createOracleKernels();
    const wrong: Kernels = {
      ...kernels,
      biasGradient(dy, db, rows, columns) {
        kernels.biasGradient(dy, db, rows, columns);
        kernels.f32(db, columns).fill(0);
      },
    };
    const { landmarks } = await landmarksOf();
    const other = await landmarksOf({}, { kernels: wrong });
    expect(whereTheyPart(landmarks, other.landmarks)).toMatchObject({
      kind: 'gradient',
      at: 'step 1 of epoch 1: gradient of hidden/bias',
    });
  });
});

describe('weights that are no finite numbers', () => {
  it('end a trial even where a relu hides them from the loss', async () => {
    const kernels = createOracleKernels();
    const layers = recipe.model.layers.filter(({ class_name: name }) => name !== 'Dropout');
    const hiding: Kernels = {
      ...kernels,
      rmsprop(weights, gradient, average, length, learningRate, rho, epsilon) {
        kernels.rmsprop(weights, gradient, average, length, learningRate, rho, epsilon);
        // Column 3 of the hidden kernel, 16 × 8.
        if (length === 128) {
          const values = kernels.f32(weights, length);
          for (let row = 0; row < 16; row += 1) values[8 * row + 3] = Number.NaN;
        }
      },
    };
    const trial = landmarksOf({ model: { ...recipe.model, layers } }, { kernels: hiding });
    await expect(trial).rejects.toMatchObject({
      code: 'training-non-finite-weights',
      message: '16 of 128 weights of hidden/kernel are no finite numbers after epoch 1 (seed 1).',
    });
  });
});

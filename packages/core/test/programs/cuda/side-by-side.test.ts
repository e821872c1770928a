import { describe, expect, test } from 'vitest';
import { readWasm } from '../../../src/engines/engine-files.ts';
import { createWasmKernels } from '../../../src/engines/wasm.ts';
import { type Dataset, planTraining, type Recipe, runTrial } from '../../../src/index.ts';
import { SideBySideProgram } from '../../../src/programs/cuda/side-by-side.ts';
import type { Checkpoint } from '../../../src/trials/checkpoint.ts';
import { runTogether } from '../../../src/trials/run-together.ts';
import type { FinishedTrial } from '../../../src/trials/trial-cache.ts';
import { standInKernels, standInMissing } from '../../engines/cuda/on-stand-in.ts';
import { syntheticDataset, syntheticRecipe } from '../../training/synthetic.ts';

const SEEDS = [3, 1, 8];
const dataset = syntheticDataset();

/** Two classes, so that a network with one output can tell them apart. */
const twoClasses: Dataset = {
  ...dataset,
  classes: ['first', 'others'],
  train: { ...dataset.train, labels: dataset.train.labels.map((label) => Math.min(label, 1)) },
  test: { ...dataset.test, labels: dataset.test.labels.map((label) => Math.min(label, 1)) },
};

const l2 = { class_name: 'L1L2', config: { l1: 0.001, l2: 0.01 } };

function model(...layers: Recipe['model']['layers']): Recipe['model'] {
  return { name: 'small', layers };
}

const convolutional: Partial<Recipe> = {
  inputShape: [4, 4, 1],
  model: model(
    {
      class_name: 'Conv2D',
      config: {
        name: 'conv',
        batch_input_shape: [null, 4, 4, 1],
        filters: 4,
        kernel_size: [3, 3],
        padding: 'same',
        activation: 'relu',
        kernel_regularizer: l2,
      },
    },
    { class_name: 'BatchNormalization', config: { name: 'normal' } },
    { class_name: 'Dropout', config: { name: 'first', rate: 0.2 } },
    { class_name: 'Conv2D', config: { name: 'second', filters: 5, kernel_size: [2, 2] } },
    { class_name: 'MaxPooling2D', config: { name: 'pool', pool_size: [2, 2] } },
    { class_name: 'Flatten', config: { name: 'flat' } },
    { class_name: 'Dropout', config: { name: 'last', rate: 0.5 } },
    { class_name: 'Dense', config: { name: 'output', units: 3, activation: 'softmax' } },
  ),
};

const CASES: Readonly<Record<string, Partial<Recipe>>> = {
  'a perceptron with dropout': {},
  'a convolution with normalisation and penalties': convolutional,
  'class weights and a test set for validation': {
    classWeight: [1, 2.5, 0.5],
    validation: { from: 'test' },
  },
  'images changed at random': {
    ...convolutional,
    augmentation: { rotationRange: 20, widthShiftRange: 0.1, horizontalFlip: true },
    optimizer: {
      class_name: 'Adam',
      learning_rate: 0.01,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
      decay: 0.01,
    },
  },
  'early stopping that brings the best weights back': {
    epochs: 12,
    earlyStopping: {
      monitor: 'val_loss',
      patience: 1,
      minDelta: 0.05,
      restoreBestWeights: true,
    },
  },
  'one output for two classes': {
    loss: 'binary_crossentropy',
    model: model(
      {
        class_name: 'Dense',
        config: { name: 'hidden', batch_input_shape: [null, 16], units: 8, activation: 'tanh' },
      },
      { class_name: 'Dense', config: { name: 'output', units: 1, activation: 'sigmoid' } },
    ),
  },
  'no shuffle, no validation, an odd number of examples': {
    shuffle: false,
    validation: { from: 'none' },
    trainLimit: 53,
    epochs: 2,
  },
};

const datasetOf = (recipe: Recipe): Dataset =>
  recipe.loss === 'binary_crossentropy' ? twoClasses : dataset;

async function alone(recipe: Recipe, seed: number): Promise<FinishedTrial> {
  const data = datasetOf(recipe);
  const kernels = await createWasmKernels(await readWasm());
  const plan = planTraining(recipe, data);
  return runTrial({ kernels, plan, dataset: data, seed, now: () => 0 });
}

async function together(
  recipe: Recipe,
  seeds: readonly number[],
  checkpoints: readonly Checkpoint[] = [],
): Promise<{ finished: FinishedTrial[]; checkpoints: Checkpoint[] }> {
  const data = datasetOf(recipe);
  const plan = planTraining(recipe, data);
  const program = new SideBySideProgram(standInKernels(seeds.length), {
    recipe,
    plan: plan.model,
    dataset: data,
    seeds,
  });
  const finished: FinishedTrial[] = [];
  const written: Checkpoint[] = [];
  let time = 0;
  await runTogether({
    kernels: await createWasmKernels(await readWasm()),
    program,
    plan,
    dataset: data,
    trials: seeds.map((seed, index) => ({ seed, checkpoint: checkpoints[index] ?? null })),
    now: () => (time += 3),
    onCheckpoint: async (trial, checkpoint) => {
      written[trial] ??= checkpoint;
    },
    onFinished: async (trial, result) => {
      finished[trial] = result;
    },
  });
  return { finished, checkpoints: written };
}

/** All that must not depend on the engine. */
function outcomeOf({ result, weights }: FinishedTrial): unknown {
  const { seconds: _, ...rest } = result;
  return { ...rest, weights };
}

describe.skipIf(standInMissing !== null)(
  `trials that take every step together${standInMissing === null ? '' : ` (not tested: ${standInMissing})`}`,
  () => {
    test.each(Object.entries(CASES))('%s: each is what it is alone', async (_, changes) => {
      const recipe = syntheticRecipe(changes);
      const { finished } = await together(recipe, SEEDS);
      for (const [index, seed] of SEEDS.entries()) {
        expect(outcomeOf(finished[index]!)).toEqual(outcomeOf(await alone(recipe, seed)));
      }
    });

    test('they go on from their checkpoints', async () => {
      const recipe = syntheticRecipe({ epochs: 4 });
      const { finished, checkpoints } = await together(recipe, SEEDS);
      expect(checkpoints).toHaveLength(SEEDS.length);
      expect(checkpoints[0]?.state.epochs.length).toBeLessThan(4);
      const again = await together(recipe, SEEDS, checkpoints);
      expect(again.finished.map(outcomeOf)).toEqual(finished.map(outcomeOf));
    });

    test('a trial alone takes single steps too', async () => {
      const recipe = syntheticRecipe({ epochs: 2 });
      const program = new SideBySideProgram(standInKernels(), {
        recipe,
        plan: planTraining(recipe, dataset).model,
        dataset,
        seeds: [5],
      });
      const kernels = await createWasmKernels(await readWasm());
      const plan = planTraining(recipe, dataset);
      const options = { kernels, plan, dataset, seed: 5, now: () => 0 };
      const stepped = await runTrial({ ...options, createProgram: () => program.view(0) });
      expect(outcomeOf(stepped)).toEqual(outcomeOf(await alone(recipe, 5)));
    });

    test('a loss that is no longer finite names the epoch and the step', async () => {
      const recipe = syntheticRecipe({
        loss: 'mean_squared_error',
        optimizer: {
          class_name: 'SGD',
          learning_rate: 1e30,
          momentum: 0,
          nesterov: false,
          decay: 0,
        },
        model: model({
          class_name: 'Dense',
          config: { name: 'output', batch_input_shape: [null, 16], units: 3 },
        }),
      });
      const [expected, actual] = await Promise.all([
        alone(recipe, SEEDS[0]!).catch((error: Error) => error.message),
        together(recipe, SEEDS).catch((error: Error) => error.message),
      ]);
      expect(actual).toMatch(/no longer a finite number in epoch \d+, step \d+/u);
      expect(actual).toBe(expected);
    });
  },
);

import {
  type Bands,
  dataDigests,
  type Dataset,
  excerptRecipe,
  type ExerciseVerification,
  type Kernels,
  makeManifest,
  type Manifest,
  measureBands,
  openKernels,
  planTraining,
  type Recipe,
  runTrial,
  type TrialResult,
  verifyExercise,
} from '../../../src/index.ts';
import { createKernelProgram } from '../../../src/programs/kernels/program.ts';
import type { ProgramSetup, TrainingProgram } from '../../../src/programs/program.ts';
import { syntheticDataset, syntheticRecipe } from '../../training/synthetic.ts';

/** What is done to a healthy exercise, by the seams that it has: nothing of it is known to what finds it. */
export interface Sabotage {
  /** Which exercise it is done to; the first unless told. */
  readonly to?: 'the second' | 'the third';
  readonly recipe?: (recipe: Recipe) => Recipe;
  /** The data as they are loaded; their declared digest stays what it was. */
  readonly data?: (dataset: Dataset) => Dataset;
  /** Only what training is handed, after the data were digested. */
  readonly handed?: (dataset: Dataset) => Dataset;
  readonly kernels?: (kernels: Kernels) => Kernels;
  readonly program?: (program: TrainingProgram, setup: ProgramSetup) => TrainingProgram;
  readonly bands?: (bands: Bands) => Bands;
  readonly manifest?: (manifest: Manifest) => Manifest;
  readonly order?: (
    order: Int32Array,
    redraw: (draw: number) => Int32Array,
    draw: number,
  ) => Int32Array;
  /** The learning rate of an update; `at` is that of any other. */
  readonly rate?: (at: (iterations: number) => number, iterations: number, epoch: number) => number;
}

/** A program that evaluates otherwise. */
export function evaluation(
  change: (
    program: TrainingProgram,
    ...asked: Parameters<TrainingProgram['evaluate']>
  ) => ReturnType<TrainingProgram['evaluate']>,
): Sabotage {
  return {
    program: (program) => ({ ...program, evaluate: (...asked) => change(program, ...asked) }),
  };
}

/** More examples than an excerpt looks at, and a batch size that leaves a short one. */
export const dataset: Dataset = syntheticDataset(3000, 120);

export const recipe: Recipe = syntheticRecipe({
  epochs: 4,
  batchSize: 48,
  inputShape: [4, 4, 1],
  model: {
    name: 'small',
    layers: [
      {
        class_name: 'Conv2D',
        config: {
          name: 'conv',
          batch_input_shape: [null, 4, 4, 1],
          filters: 4,
          kernel_size: [3, 3],
          padding: 'same',
          activation: 'relu',
        },
      },
      { class_name: 'MaxPooling2D', config: { name: 'pool', pool_size: [2, 2] } },
      { class_name: 'Flatten', config: { name: 'flatten' } },
      { class_name: 'Dropout', config: { name: 'dropout', rate: 0.25 } },
      { class_name: 'Dense', config: { name: 'output', units: 3, activation: 'softmax' } },
    ],
  },
});

/**
 * A second exercise, of what the first has not: AdamW, batch normalisation, mirrored images, smoothed labels, a penalty, and
 * images of two colours, in whose flat regions maxima are reached twice.
 */
const second: Recipe = syntheticRecipe({
  epochs: 3,
  batchSize: 48,
  inputShape: [4, 4, 1],
  optimizer: {
    class_name: 'AdamW',
    learning_rate: 0.01,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-7,
    weight_decay: 0.01,
    decay: 0,
  },
  labelSmoothing: 0.1,
  augmentation: { horizontalFlip: true },
  model: {
    name: 'second',
    layers: [
      {
        class_name: 'Conv2D',
        config: {
          name: 'conv',
          batch_input_shape: [null, 4, 4, 1],
          filters: 4,
          kernel_size: [3, 3],
          padding: 'same',
          kernel_regularizer: { class_name: 'L2', config: { l2: 0.001 } },
        },
      },
      { class_name: 'BatchNormalization', config: { name: 'normalization' } },
      { class_name: 'Activation', config: { name: 'relu', activation: 'relu' } },
      { class_name: 'MaxPooling2D', config: { name: 'pool', pool_size: [2, 2] } },
      { class_name: 'Flatten', config: { name: 'flatten' } },
      { class_name: 'Dense', config: { name: 'output', units: 3, activation: 'softmax' } },
    ],
  },
});

/** A third one: Nesterov's momentum, a schedule, clipping, weights of classes, images of two channels. */
const third: Recipe = syntheticRecipe({
  epochs: 3,
  batchSize: 48,
  inputShape: [2, 4, 2],
  optimizer: {
    class_name: 'SGD',
    learning_rate: 0.1,
    momentum: 0.9,
    nesterov: true,
    decay: 0,
    clipnorm: 0.2,
  },
  schedule: { kind: 'exponential', decayRate: 0.9, decaySteps: 20, staircase: false },
  classWeight: [1, 2, 0.5],
  model: {
    name: 'third',
    layers: [
      { class_name: 'Flatten', config: { name: 'flatten', batch_input_shape: [null, 2, 4, 2] } },
      { class_name: 'Dense', config: { name: 'hidden', units: 8, activation: 'relu' } },
      { class_name: 'Dense', config: { name: 'output', units: 3, activation: 'softmax' } },
    ],
  },
});

/** An exercise, its data, and what its calibration signed off. */
export interface Healthy {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly bands: Bands;
  readonly manifest: Manifest;
}

const twoColoured = (split: Dataset['train']): Dataset['train'] => ({
  ...split,
  images: split.images.map((byte) => (byte >= 96 ? 255 : 0)),
});

/** What the mocked modules of orders and of learning rates ask. */
export const streams: { order: Sabotage['order']; rate: Sabotage['rate'] } = {
  order: undefined,
  rate: undefined,
};

const SEAMS = ['data', 'handed', 'kernels', 'program', 'order', 'rate'] as const;
const healthyTrials = new Map<string, Promise<TrialResult[]>>();

/** Trials of a recipe; where nothing is done to their training, those that were trained before. */
function train(
  dataset: Dataset,
  trained: Recipe,
  seeds: readonly number[],
  how: { landmarks: boolean; sabotage?: Sabotage },
): Promise<TrialResult[]> {
  const { landmarks, sabotage = {} } = how;
  if (SEAMS.some((seam) => sabotage[seam] !== undefined)) {
    return trainAnew(dataset, trained, seeds, how);
  }
  const key = JSON.stringify([dataset.digest, trained, seeds, landmarks]);
  const trials = healthyTrials.get(key) ?? trainAnew(dataset, trained, seeds, how);
  healthyTrials.set(key, trials);
  return trials;
}

async function trainAnew(
  dataset: Dataset,
  trained: Recipe,
  seeds: readonly number[],
  { landmarks, sabotage = {} }: { landmarks: boolean; sabotage?: Sabotage },
): Promise<TrialResult[]> {
  const data = (sabotage.handed ?? same)((sabotage.data ?? same)(dataset));
  const plan = planTraining(trained, data);
  const results: TrialResult[] = [];
  for (const seed of seeds) {
    const kernels = (sabotage.kernels ?? same)(await openKernels('wasm'));
    const { result } = await runTrial({
      kernels,
      createProgram: (own, setup) =>
        (sabotage.program ?? same)(createKernelProgram(own, setup), setup),
      plan,
      dataset: data,
      seed,
      now: () => 0,
      landmarks,
    });
    results.push({ ...result, cached: false });
  }
  return results;
}

function same<T>(value: T): T {
  return value;
}

/** The exercises by what a sabotage calls them. */
export type Exercises = Readonly<Record<'the first' | 'the second' | 'the third', Healthy>>;

/** The three exercises, calibrated and signed off. */
export async function laboratory(): Promise<Exercises> {
  const colours = {
    ...dataset,
    train: twoColoured(dataset.train),
    test: twoColoured(dataset.test),
    digest: 'two-coloured',
  };
  return {
    'the first': await calibrated(recipe, dataset),
    'the second': await calibrated(second, colours),
    'the third': await calibrated(third, { ...dataset, imageShape: [2, 4, 2] }),
  };
}

async function calibrated(measured: Recipe, data: Dataset): Promise<Healthy> {
  const trials = await train(data, measured, [1, 2, 3, 4, 5, 6], { landmarks: false });
  const bands = measureBands({
    exercise: 'small',
    recipe: measured,
    dataset: data,
    trials,
    length: 'full',
    environment: {},
  });
  const cut = excerptRecipe(measured);
  const [trial] = await train(data, cut, [1], { landmarks: true });
  if (trial === undefined) throw new Error('no excerpt');
  const manifest = makeManifest({
    lab: 'sabotaged',
    exercise: 'small',
    recipe: measured,
    dataset: data,
    engine: 'wasm',
    environment: {},
    trials,
    excerpt: { recipe: cut, trial },
  });
  return { recipe: measured, dataset: data, bands, manifest };
}

/** A night over a sabotaged exercise. */
export async function night(
  healthy: Healthy,
  sabotage: Sabotage,
  full: boolean,
): Promise<ExerciseVerification> {
  streams.order = sabotage.order;
  streams.rate = sabotage.rate;
  try {
    return await verifyExercise({
      lab: 'sabotaged',
      exercise: {
        id: 'small',
        recipe: (sabotage.recipe ?? same)(healthy.recipe),
        bands: (sabotage.bands ?? same)(healthy.bands),
      },
      manifest: (sabotage.manifest ?? same)(healthy.manifest),
      data: dataDigests((sabotage.data ?? same)(healthy.dataset)),
      files: { bands: 'bands/small.json', manifest: 'manifests/small.json' },
      full,
      freshSeed: 1000,
      train: (trained, seeds, how) =>
        train(healthy.dataset, trained, seeds, { landmarks: how?.landmarks === true, sabotage }),
    });
  } finally {
    streams.order = undefined;
    streams.rate = undefined;
  }
}

/** The parts that a night found, in its own words, or that it found nothing. */
export function found(verification: ExerciseVerification): string {
  const parts = Object.entries({
    calibration: verification.calibration,
    identity: verification.identity,
    evaluation: verification.evaluation,
    'fixed seeds': verification.fixedSeeds,
    'fresh seeds': verification.freshSeeds,
  }).filter(([, verdict]) => verdict === 'drifted' || verdict === 'broken');
  return parts.length === 0 ? '**not found**' : parts.map(([part]) => part).join(', ');
}

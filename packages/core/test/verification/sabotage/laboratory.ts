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
}

/** More examples than an excerpt looks at, and a batch size that leaves a short one. */
export const dataset: Dataset = syntheticDataset(3600, 120);

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

/** What the mocked module of orders asks. */
export const streams: { order: Sabotage['order'] } = { order: undefined };

async function train(
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

/** A healthy exercise that was calibrated and signed off. */
export async function calibrated(): Promise<{ bands: Bands; manifest: Manifest }> {
  const trials = await train(recipe, [1, 2, 3, 4, 5, 6], { landmarks: false });
  const bands = measureBands({
    exercise: 'small',
    recipe,
    dataset,
    trials,
    length: 'full',
    environment: {},
  });
  const cut = excerptRecipe(recipe);
  const [trial] = await train(cut, [1], { landmarks: true });
  if (trial === undefined) throw new Error('no excerpt');
  const manifest = makeManifest({
    lab: 'sabotaged',
    exercise: 'small',
    recipe,
    dataset,
    engine: 'wasm',
    environment: {},
    trials,
    excerpt: { recipe: cut, trial },
  });
  return { bands, manifest };
}

/** A night over a sabotaged exercise. */
export async function night(
  healthy: { bands: Bands; manifest: Manifest },
  sabotage: Sabotage,
  full: boolean,
): Promise<ExerciseVerification> {
  streams.order = sabotage.order;
  try {
    return await verifyExercise({
      lab: 'sabotaged',
      exercise: {
        id: 'small',
        recipe: (sabotage.recipe ?? same)(recipe),
        bands: (sabotage.bands ?? same)(healthy.bands),
      },
      manifest: (sabotage.manifest ?? same)(healthy.manifest),
      data: dataDigests((sabotage.data ?? same)(dataset)),
      files: { bands: 'bands/small.json', manifest: 'manifests/small.json' },
      full,
      freshSeed: 1000,
      train: (trained, seeds, how) =>
        train(trained, seeds, { landmarks: how?.landmarks === true, sabotage }),
    });
  } finally {
    streams.order = undefined;
  }
}

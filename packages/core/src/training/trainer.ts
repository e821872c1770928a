import type { Dataset } from '../dataset.ts';
import type { Kernels } from '../engines/kernels.ts';
import { LabproofError } from '../errors.ts';
import { type ModelPlan, planModel } from '../model/plan.ts';
import { shuffledIndices } from '../random/shuffle.ts';
import { streamKey } from '../random/streams.ts';
import type { Recipe } from '../recipe.ts';
import type { Epoch } from '../trial.ts';
import { initialWeights } from './initial-weights.ts';
import { createKernelProgram } from './kernel-program.ts';
import type { BatchMetrics, ProgramSetup, TrainingProgram } from './program.ts';

/** Everything that training needs to go on from the end of an epoch, bit for bit. */
export interface TrainerState {
  readonly epochs: readonly Epoch[];
  readonly iterations: number;
  readonly weights: readonly Float32Array[];
  readonly slots: readonly Float32Array[];
}

/**
 * Trains one recipe from one seed, an epoch at a time, in Keras's order of things: the validation share is the
 * end of the training set before any shuffle; a new order is drawn before every epoch; the last batch may be short.
 * Takes the engine for itself: memory allocated before is released.
 */
export class Trainer {
  readonly plan: ModelPlan;
  readonly initialWeights: readonly Float32Array[];
  /** Batches in one epoch. */
  readonly stepsPerEpoch: number;
  readonly #recipe: Recipe;
  readonly #seed: number;
  readonly #program: TrainingProgram;
  readonly #testCount: number;
  readonly #trainCount: number;
  readonly #limit: number;
  #iterations = 0;
  #epochs: Epoch[] = [];

  /** `createProgram` hands the arithmetic to another engine; weights are drawn with `kernels` all the same. */
  constructor(options: {
    kernels: Kernels;
    recipe: Recipe;
    dataset: Dataset;
    seed: number;
    createProgram?: (kernels: Kernels, setup: ProgramSetup) => TrainingProgram;
  }) {
    const { kernels, recipe, dataset, seed, createProgram = createKernelProgram } = options;
    this.plan = planForTraining(recipe, dataset);
    kernels.reset();
    this.initialWeights = initialWeights(kernels, this.plan, seed);
    kernels.reset();
    this.#recipe = recipe;
    this.#seed = seed;
    this.#limit = Math.min(recipe.trainLimit ?? dataset.train.count, dataset.train.count);
    // Keras: split_at = int(len(x) * (1 - validation_split)).
    this.#trainCount =
      recipe.validation.from === 'split'
        ? Math.trunc(this.#limit * (1 - recipe.validation.share))
        : this.#limit;
    this.stepsPerEpoch = Math.ceil(this.#trainCount / recipe.batchSize);
    this.#testCount = dataset.test.count;
    this.#program = createProgram(kernels, { recipe, plan: this.plan, dataset, seed });
    this.#program.writeWeights(this.initialWeights);
  }

  /** Metrics of the epochs trained so far. */
  get history(): readonly Epoch[] {
    return this.#epochs;
  }

  /** Trains one more epoch and evaluates on the validation examples. `onStep` is told after every batch. */
  runEpoch(onStep?: (step: number) => void): Epoch {
    const epoch = this.#epochs.length + 1;
    const { batchSize, shuffle } = this.#recipe;
    const order = shuffle
      ? shuffledIndices(this.#trainCount, streamKey(this.#seed, 'shuffle'), epoch)
      : Int32Array.from({ length: this.#trainCount }, (_, index) => index);
    let lossSum = 0;
    let correct = 0;
    for (let step = 0; step < this.stepsPerEpoch; step += 1) {
      const batch = this.#step(order.subarray(step * batchSize, (step + 1) * batchSize));
      if (!Number.isFinite(batch.lossSum)) throw this.#diverged(epoch, step + 1);
      lossSum += batch.lossSum;
      correct += batch.correct;
      onStep?.(step + 1);
    }
    const validation = this.#validate();
    if (validation !== null && !Number.isFinite(validation.loss)) {
      throw this.#diverged(epoch, this.stepsPerEpoch);
    }
    const result = {
      epoch,
      loss: lossSum / this.#trainCount,
      accuracy: correct / this.#trainCount,
      valLoss: validation?.loss ?? null,
      valAccuracy: validation?.accuracy ?? null,
    };
    this.#epochs.push(result);
    return result;
  }

  /** Trains on one batch of example indices; public so that a benchmark can time a single step. */
  trainStep(indices: Int32Array): BatchMetrics {
    return this.#step(indices);
  }

  /** Mean loss and accuracy on the test set. */
  test(): { loss: number; accuracy: number } {
    const { loss, accuracy } = this.#program.evaluate('test', 0, this.#testCount);
    return { loss, accuracy };
  }

  /** Gives back what the engine holds for this trial; nothing can be trained or read after it. */
  release(): void {
    this.#program.release();
  }

  weights(): Float32Array[] {
    return this.#program.readWeights();
  }

  state(): TrainerState {
    return {
      epochs: [...this.#epochs],
      iterations: this.#iterations,
      weights: this.weights(),
      slots: this.#program.readSlots(),
    };
  }

  restore(state: TrainerState): void {
    this.#program.writeWeights(state.weights);
    this.#program.writeSlots(state.slots);
    this.#iterations = state.iterations;
    this.#epochs = [...state.epochs];
  }

  #step(indices: Int32Array): BatchMetrics {
    const batch = this.#program.step(indices, this.#iterations);
    this.#iterations += 1;
    return batch;
  }

  #validate(): { loss: number; accuracy: number } | null {
    switch (this.#recipe.validation.from) {
      case 'split':
        return this.#program.evaluate('train', this.#trainCount, this.#limit);
      case 'test':
        return this.#program.evaluate('test', 0, this.#testCount);
      case 'none':
        return null;
    }
  }

  #diverged(epoch: number, step: number): LabproofError {
    return new LabproofError({
      code: 'training-diverged',
      owner: 'instructor',
      message: `the loss is no longer a finite number in epoch ${epoch}, step ${step} (seed ${this.#seed})`,
      fix: 'Lower the learning rate, or check the scaling of the inputs.',
    });
  }
}

/** Plans a recipe's model and refuses what can be evaluated but not trained, or does not fit the data. */
export function planForTraining(
  recipe: Recipe,
  dataset: Pick<Dataset, 'imageShape' | 'classes' | 'id'>,
): ModelPlan {
  const plan = planModel(recipe.model);
  for (const layer of plan.layers) {
    if (layer.untrainable.length > 0) {
      throw recipeProblem(
        'recipe-untrainable-option',
        `the layer "${layer.name}" sets ${layer.untrainable.join(', ')}, which training does not support`,
        'Remove the option from the recipe.',
      );
    }
  }
  const inputs = plan.inputShape.reduce((product, extent) => product * extent, 1);
  const pixels = dataset.imageShape.reduce((product, extent) => product * extent, 1);
  if (inputs !== pixels) {
    throw recipeProblem(
      'recipe-input-shape',
      `the model takes ${inputs} values an example ([${plan.inputShape.join(', ')}]), but an image of ${dataset.id} has ${pixels} ([${dataset.imageShape.join(', ')}])`,
      'Give the first layer the shape of the data.',
    );
  }
  const outputs = plan.outputShape.reduce((product, extent) => product * extent, 1);
  if (outputs !== dataset.classes.length) {
    throw recipeProblem(
      'recipe-output-shape',
      `the model gives ${outputs} values an example, but ${dataset.id} has ${dataset.classes.length} classes`,
      `Give the last layer ${dataset.classes.length} units.`,
    );
  }
  return plan;
}

function recipeProblem(code: string, message: string, fix: string): LabproofError {
  return new LabproofError({ code, owner: 'instructor', message, fix });
}

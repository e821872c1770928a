import type { Dataset } from '../dataset.ts';
import type { Kernels } from '../engines/kernels.ts';
import { LabproofError } from '../errors.ts';
import { type ModelPlan, planModel } from '../model/plan.ts';
import { shuffledIndices } from '../random/shuffle.ts';
import { streamKey } from '../random/streams.ts';
import type { Recipe } from '../recipe.ts';
import type { Epoch } from '../trial.ts';
import { BatchSource } from './batches.ts';
import { EVALUATION_ROWS, Evaluator } from './evaluate.ts';
import { initialWeights } from './initial-weights.ts';
import { createLoss, type LossRuntime } from './loss.ts';
import { Network } from './network.ts';
import { createOptimizer, type OptimizerRuntime } from './optimizer.ts';

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
  readonly #kernels: Kernels;
  readonly #recipe: Recipe;
  readonly #seed: number;
  readonly #network: Network;
  readonly #loss: LossRuntime;
  readonly #optimizer: OptimizerRuntime;
  readonly #evaluator: Evaluator;
  readonly #train: BatchSource;
  readonly #test: BatchSource;
  readonly #testCount: number;
  readonly #trainCount: number;
  readonly #limit: number;
  #iterations = 0;
  #epochs: Epoch[] = [];

  constructor(options: { kernels: Kernels; recipe: Recipe; dataset: Dataset; seed: number }) {
    const { kernels, recipe, dataset, seed } = options;
    this.plan = planForTraining(recipe, dataset);
    kernels.reset();
    this.initialWeights = initialWeights(kernels, this.plan, seed);
    kernels.reset();
    this.#kernels = kernels;
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
    const rows = Math.max(recipe.batchSize, EVALUATION_ROWS);
    this.#network = new Network(kernels, this.plan, { rows, training: true, seed });
    this.#loss = createLoss(recipe.loss, kernels, this.#network, rows);
    this.#optimizer = createOptimizer(recipe.optimizer, this.#network.parameters, kernels);
    this.#evaluator = new Evaluator(kernels, this.#network, this.#loss, rows);
    this.#train = new BatchSource(kernels, dataset.train, recipe.inputScale, rows);
    this.#test = new BatchSource(kernels, dataset.test, recipe.inputScale, rows);
    this.#network.writeWeights(this.initialWeights);
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
  trainStep(indices: Int32Array): { lossSum: number; correct: number } {
    return this.#step(indices);
  }

  /** Mean loss and accuracy on the test set. */
  test(): { loss: number; accuracy: number } {
    const { loss, accuracy } = this.#evaluator.run(this.#test, 0, this.#testCount);
    return { loss, accuracy };
  }

  weights(): Float32Array[] {
    return this.#network.readWeights();
  }

  state(): TrainerState {
    return {
      epochs: [...this.#epochs],
      iterations: this.#iterations,
      weights: this.weights(),
      slots: this.#optimizer.slots.map(({ pointer, length }) =>
        this.#kernels.f32(pointer, length).slice(),
      ),
    };
  }

  restore(state: TrainerState): void {
    this.#network.writeWeights(state.weights);
    for (const [index, { pointer, length }] of this.#optimizer.slots.entries()) {
      const values = state.slots[index];
      if (values?.length !== length) throw new RangeError('the checkpoint is of another network');
      this.#kernels.f32(pointer, length).set(values);
    }
    this.#iterations = state.iterations;
    this.#epochs = [...state.epochs];
  }

  #step(indices: Int32Array): { lossSum: number; correct: number } {
    const rows = indices.length;
    this.#train.load(indices);
    const batch = this.#evaluator.forward(this.#train, rows, {
      training: true,
      step: this.#iterations,
    });
    const gradient = this.#loss.backward(batch.output, this.#train.labels, rows);
    this.#network.backward(gradient, rows);
    this.#optimizer.update(this.#iterations);
    this.#iterations += 1;
    return batch;
  }

  #validate(): { loss: number; accuracy: number } | null {
    switch (this.#recipe.validation.from) {
      case 'split':
        return this.#evaluator.run(this.#train, this.#trainCount, this.#limit);
      case 'test':
        return this.#evaluator.run(this.#test, 0, this.#testCount);
      case 'none':
        return null;
    }
  }

  #diverged(epoch: number, step: number): LabproofError {
    return new LabproofError({
      code: 'training/diverged',
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
        'recipe/untrainable-option',
        `the layer "${layer.name}" sets ${layer.untrainable.join(', ')}, which training does not support`,
        'Remove the option from the recipe.',
      );
    }
  }
  const inputs = plan.inputShape.reduce((product, extent) => product * extent, 1);
  const pixels = dataset.imageShape.reduce((product, extent) => product * extent, 1);
  if (inputs !== pixels) {
    throw recipeProblem(
      'recipe/input-shape',
      `the model takes ${inputs} values an example ([${plan.inputShape.join(', ')}]), but an image of ${dataset.id} has ${pixels} ([${dataset.imageShape.join(', ')}])`,
      'Give the first layer the shape of the data.',
    );
  }
  const outputs = plan.outputShape.reduce((product, extent) => product * extent, 1);
  if (outputs !== dataset.classes.length) {
    throw recipeProblem(
      'recipe/output-shape',
      `the model gives ${outputs} values an example, but ${dataset.id} has ${dataset.classes.length} classes`,
      `Give the last layer ${dataset.classes.length} units.`,
    );
  }
  return plan;
}

function recipeProblem(code: string, message: string, fix: string): LabproofError {
  return new LabproofError({ code, owner: 'instructor', message, fix });
}

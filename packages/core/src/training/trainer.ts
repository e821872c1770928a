import type { Dataset } from '../datasets/dataset.ts';
import type { Kernels } from '../engines/kernels.ts';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import { shuffledIndices } from '../streams/shuffle.ts';
import { streamKey } from '../streams/streams.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { Epoch } from './epoch.ts';
import { initialWeights } from './initial-weights.ts';
import { createKernelProgram } from '../programs/kernels/program.ts';
import { learningRateAt, momentumAt } from './learning-rate.ts';
import { replayEarlyStopping } from './monitor.ts';
import type {
  BatchMetrics,
  Evaluated,
  Moment,
  ProgramSetup,
  TrainingProgram,
} from '../programs/program.ts';
import { firstNonFinite } from './non-finite.ts';
import type { TrainingPlan } from './training-plan.ts';
import type { TrainingWatch } from './watch.ts';

/** Everything that training needs to go on from the end of an epoch, bit for bit. */
export interface TrainerState {
  readonly epochs: readonly Epoch[];
  readonly iterations: number;
  readonly weights: readonly Float32Array[];
  /** The optimiser's running averages, then the best weights so far where early stopping will restore them. */
  readonly slots: readonly Float32Array[];
}

/**
 * Trains a planned recipe from one seed, an epoch at a time, in Keras's order of things: the validation share is the
 * end of the training set before any shuffle; a new order is drawn before every epoch; the last batch may be short.
 * Takes the engine for itself: memory allocated before is released.
 */
export class Trainer {
  readonly plan: TrainingPlan;
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
  /** The weights of the best epoch; empty unless they will be restored. */
  #bestWeights: Float32Array[] = [];
  readonly #watch: TrainingWatch | null;

  /**
   * `createProgram` hands the arithmetic to another engine; weights are drawn with `kernels` all the same. `watch` is
   * told what stands at the landmarks of the training.
   */
  constructor(options: {
    kernels: Kernels;
    plan: TrainingPlan;
    dataset: Dataset;
    seed: number;
    createProgram?: (kernels: Kernels, setup: ProgramSetup) => TrainingProgram;
    watch?: TrainingWatch | null;
  }) {
    const { kernels, plan, dataset, seed, createProgram = createKernelProgram } = options;
    const { recipe, model } = plan;
    this.plan = plan;
    kernels.reset();
    this.initialWeights = initialWeights(kernels, model, seed);
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
    this.#program = createProgram(kernels, {
      recipe,
      plan: model,
      dataset,
      seed,
    });
    this.#program.writeWeights(this.initialWeights);
    this.#watch = options.watch ?? null;
    this.#watch?.initialWeights(this.initialWeights);
  }

  /** Metrics of the epochs trained so far. */
  get history(): readonly Epoch[] {
    return this.#epochs;
  }

  /** Whether the last epoch is trained, or early stopping has ended the training. */
  get finished(): boolean {
    return this.#epochs.length >= this.#recipe.epochs || this.#stopping().stop;
  }

  /** Trains one more epoch and evaluates on the validation examples. `onStep` is told after every batch. */
  runEpoch(onStep?: (step: number) => void): Epoch {
    const order = this.nextOrder();
    const { batchSize } = this.#recipe;
    const batches: BatchMetrics[] = [];
    for (let step = 0; step < this.stepsPerEpoch; step += 1) {
      const batch = this.#step(order.subarray(step * batchSize, (step + 1) * batchSize), step);
      if (!Number.isFinite(batch.lossSum)) throw this.#diverged(this.#epochs.length + 1, step + 1);
      batches.push(batch);
      onStep?.(step + 1);
    }
    return this.#closeEpoch(batches, order.length);
  }

  /** The order of the training examples in the next epoch. */
  nextOrder(): Int32Array {
    const epoch = this.#epochs.length + 1;
    const { shuffle } = this.#recipe;
    const draw = shuffle === 'once' ? 1 : epoch;
    const order = shuffle
      ? shuffledIndices(this.#trainCount, streamKey(this.#seed, 'shuffle'), draw)
      : Int32Array.from({ length: this.#trainCount }, (_, index) => index);
    this.#watch?.order(epoch, order);
    return order;
  }

  /** When the step of this number, from 0, of the next epoch takes place. */
  momentOf(step: number): Moment {
    return this.#momentAt(this.#iterations + step);
  }

  /** Goes on after an epoch whose every batch was trained in the program, but not by this trainer, in `nextOrder`. */
  finishEpoch(batches: readonly BatchMetrics[]): Epoch {
    const step = batches.findIndex(({ lossSum }) => !Number.isFinite(lossSum));
    if (step >= 0) throw this.#diverged(this.#epochs.length + 1, step + 1);
    this.#iterations += batches.length;
    return this.#closeEpoch(batches, this.#trainCount);
  }

  #closeEpoch(batches: readonly BatchMetrics[], examples: number): Epoch {
    const epoch = this.#epochs.length + 1;
    const weights = this.#program.readWeights();
    this.#checkFinite(weights, epoch);
    const validation = this.#validate();
    if (validation !== null && !Number.isFinite(validation.loss)) {
      throw this.#diverged(epoch, this.stepsPerEpoch);
    }
    const result = {
      epoch,
      loss: batches.reduce((sum, { lossSum }) => sum + lossSum, 0) / this.#trainCount,
      accuracy: batches.reduce((sum, { correct }) => sum + correct, 0) / this.#trainCount,
      valLoss: validation?.loss ?? null,
      valAccuracy: validation?.accuracy ?? null,
    };
    this.#epochs.push(result);
    this.#keepBestWeights();
    const last = examples - (batches.length - 1) * this.#recipe.batchSize;
    this.#watch?.epoch(result, { count: batches.length, last }, weights);
    return result;
  }

  /** Trains on one batch of example indices; public so that a benchmark can time a single step. */
  trainStep(indices: Int32Array): BatchMetrics {
    return this.#program.step(indices, this.#nextMoment());
  }

  /** Mean loss and accuracy on the test set, with the class of each image where the engine tells. */
  test(): Evaluated {
    const evaluated = this.#program.evaluate('test', 0, this.#testCount);
    this.#watch?.test(evaluated);
    return evaluated;
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
      slots: [...this.#program.readSlots(), ...this.#bestWeights.map((array) => array.slice())],
    };
  }

  restore(state: TrainerState): void {
    this.#program.writeWeights(state.weights);
    const kept = this.#restoresBest && state.epochs.length > 0 ? this.initialWeights.length : 0;
    const split = state.slots.length - kept;
    this.#program.writeSlots(state.slots.slice(0, split));
    this.#bestWeights = state.slots.slice(split).map((array) => array.slice());
    this.#iterations = state.iterations;
    this.#epochs = [...state.epochs];
  }

  #step(indices: Int32Array, step: number): BatchMetrics {
    const moment = this.#nextMoment();
    if (this.#watch === null) return this.#program.step(indices, moment);
    const batch = this.#program.step(indices, moment, this.#watch.step(step, moment));
    this.#watch.stepDone(step, moment, this.#program);
    return batch;
  }

  /** The moment of the next update, which it counts. */
  #nextMoment(): Moment {
    const moment = this.#momentAt(this.#iterations);
    this.#iterations += 1;
    return moment;
  }

  #momentAt(iterations: number): Moment {
    const epoch = this.#epochs.length + 1;
    const time = { epoch, iterations, history: this.#epochs };
    const momentum = momentumAt(this.#recipe, iterations);
    return {
      epoch,
      iterations,
      learningRate: learningRateAt(this.#recipe, time),
      ...(momentum === undefined ? {} : { momentum }),
    };
  }

  get #restoresBest(): boolean {
    return this.#recipe.earlyStopping?.restoreBestWeights === true;
  }

  #stopping(): { stop: boolean; bestEpoch: number } {
    const { earlyStopping } = this.#recipe;
    return earlyStopping === undefined
      ? { stop: false, bestEpoch: 0 }
      : replayEarlyStopping(earlyStopping, this.#epochs);
  }

  /** Keras 3's `EarlyStopping`: the best weights come back at the end, whether it stopped the training or not. */
  #keepBestWeights(): void {
    if (!this.#restoresBest) return;
    const { bestEpoch } = this.#stopping();
    if (bestEpoch === this.#epochs.length) this.#bestWeights = this.#program.readWeights();
    else if (this.finished) this.#program.writeWeights(this.#bestWeights);
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

  /** A relu turns a NaN into 0, so a network can go on with weights that are none and still give a finite loss. */
  #checkFinite(weights: readonly Float32Array[], epoch: number): void {
    const found = firstNonFinite(this.plan.model, weights);
    if (found === null) return;
    throw coreError('training-non-finite-weights', {
      message: `${found.count} of ${found.length} weights of ${
        found.array
      } are no finite numbers after epoch ${epoch} (seed ${this.#seed}).`,
      fix: 'Lower the learning rate, or check the scaling of the inputs.',
    });
  }

  #diverged(epoch: number, step: number): LabproofError {
    return coreError('training-diverged', {
      message: `The loss is no longer a finite number in epoch ${epoch}, step ${step} (seed ${
        this.#seed
      }).`,
      fix: 'Lower the learning rate, or check the scaling of the inputs.',
    });
  }
}

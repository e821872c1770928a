import { arrayDigest, type DigestedArray } from '../digest.ts';
import type { ModelPlan } from '../model/plan.ts';
import type {
  Evaluated,
  Moment,
  StepPart,
  StepWatch,
  TrainingProgram,
} from '../programs/program.ts';
import type { Epoch } from './epoch.ts';
import type { Landmark, LandmarkKind } from './landmarks.ts';

/** Steps of an epoch that are watched in every part. */
const WATCHED_STEPS = 2;

/** What each part of a step is called and what makes it. */
const PARTS: Readonly<Record<StepPart, readonly [name: string, kind: LandmarkKind]>> = {
  images: ['images', 'data'],
  labels: ['labels', 'data'],
  changedImages: ['images after augmentation', 'augmentation'],
  outputsInInference: ['outputs in inference', 'forward pass'],
  outputs: ['outputs in training', 'forward pass'],
  losses: ['losses', 'loss'],
  gradient: ['gradient', 'gradient'],
};

/**
 * Writes down what stands at the landmarks of a training run: the initial weights, the orders of examples, the first two
 * steps in all their parts, the weights after 1, 2, 4, 8 … steps, every epoch and the test. It looks and changes nothing.
 */
export class TrainingWatch {
  readonly landmarks: Landmark[] = [];
  readonly #arrays: readonly { readonly name: string; readonly trainable: boolean }[];
  /** What makes the outputs of training others than those of inference. */
  readonly #inTraining: LandmarkKind;
  #rates: number[] = [];

  constructor({ layers }: ModelPlan) {
    this.#arrays = layers
      .filter(({ sharedWith }) => sharedWith === null)
      .flatMap((layer) =>
        layer.weights.map(({ name, trainable }) => ({ name: `${layer.name}/${name}`, trainable })),
      );
    const has = (name: string): boolean => layers.some(({ className }) => className === name);
    this.#inTraining = has('Dropout')
      ? 'dropout'
      : has('BatchNormalization')
        ? 'batch statistics'
        : 'forward pass';
  }

  initialWeights(weights: readonly Float32Array[]): void {
    this.#weights('initial weights', 'initialiser', weights);
  }

  order(epoch: number, order: Int32Array): void {
    this.#rates = [];
    this.#digest(`order of the examples in epoch ${epoch}`, 'shuffle', order);
  }

  /** A step of an epoch, from 0, begins: what it is to be watched with; nothing after the first two of an epoch. */
  step(step: number, { epoch, learningRate }: Moment): StepWatch | undefined {
    this.#rates.push(learningRate);
    if (step >= WATCHED_STEPS) return undefined;
    const where = `step ${step + 1} of epoch ${epoch}`;
    this.#number(`${where}: learning rate`, 'learning rate', learningRate);
    const trained = this.#arrays.filter(({ trainable }) => trainable);
    return (part, values, array) => {
      const [name, usual] = PARTS[part];
      const kind = part === 'outputs' ? this.#inTraining : usual;
      const of = array === undefined ? '' : ` of ${trained[array]?.name ?? `array ${array}`}`;
      this.#digest(`${where}: ${name}${of}`, kind, values);
    };
  }

  /** A step is done, and with it so many updates in all: shows the weights after watched steps and 1, 2, 4, 8 … updates. */
  stepDone(
    step: number,
    { epoch, iterations }: Moment,
    program: Pick<TrainingProgram, 'readWeights' | 'readSlots'>,
  ): void {
    const updates = iterations + 1;
    if (step < WATCHED_STEPS) {
      const where = `step ${step + 1} of epoch ${epoch}`;
      this.#weights(`${where}: weights after it`, 'optimiser', program.readWeights());
      this.#digest(`${where}: averages of the optimiser`, 'optimiser', ...program.readSlots());
    } else if ((updates & (updates - 1)) === 0) {
      this.#digest(`weights after ${updates} updates`, 'later steps', ...program.readWeights());
    }
  }

  /** An epoch is done, with so many batches of which the last had so many examples. */
  epoch(
    result: Epoch,
    batches: { readonly count: number; readonly last: number },
    weights: readonly Float32Array[],
  ): void {
    const of = `of epoch ${result.epoch}`;
    this.#number(`batches ${of}`, 'batches', batches.count);
    this.#number(`examples in the last batch ${of}`, 'batches', batches.last);
    if (this.#rates.length > 0) {
      this.#digest(`learning rates ${of}`, 'learning rate', Float32Array.from(this.#rates));
    }
    this.#weights(`weights at the end ${of}`, 'later steps', weights);
    this.#number(`loss ${of}`, 'training metrics', result.loss);
    this.#number(`accuracy ${of}`, 'training metrics', result.accuracy);
    if (result.valLoss === null || result.valAccuracy === null) return;
    this.#number(`validation loss ${of}`, 'validation', result.valLoss);
    this.#number(`validation accuracy ${of}`, 'validation', result.valAccuracy);
  }

  test({ loss, accuracy, predicted }: Evaluated): void {
    if (predicted !== undefined) {
      this.#digest('predicted classes of the test set', 'test evaluation', predicted);
    }
    this.#number('test loss', 'test evaluation', loss);
    this.#number('test accuracy', 'test evaluation', accuracy);
  }

  #weights(at: string, kind: LandmarkKind, weights: readonly Float32Array[]): void {
    for (const [index, array] of weights.entries()) {
      const { name, trainable } = this.#arrays[index] ?? {
        name: `array ${index}`,
        trainable: true,
      };
      // No optimiser moves these.
      const own = kind === 'optimiser' && !trainable ? 'batch statistics' : kind;
      this.#digest(`${at}: ${name}`, own, array);
    }
  }

  #digest(at: string, kind: LandmarkKind, ...arrays: readonly DigestedArray[]): void {
    this.landmarks.push({ at, kind, value: arrayDigest(arrays) });
  }

  #number(at: string, kind: LandmarkKind, value: number): void {
    this.landmarks.push({ at, kind, value });
  }
}

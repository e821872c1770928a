import type { Dataset } from '../datasets/dataset.ts';
import type { ModelPlan } from '../model/plan.ts';
import type { Recipe } from '../recipe/recipe.ts';

/** What one training batch came to, measured before its update. */
export interface BatchMetrics {
  /** Sum of the examples' losses, with class weights, and of the weights' penalty once for each example. */
  readonly lossSum: number;
  /** Examples whose largest output is at the label. */
  readonly correct: number;
}

/** When a training step takes place. */
export interface Moment {
  /** From 1; names the random changes of the images. */
  readonly epoch: number;
  /** Updates before this one. */
  readonly iterations: number;
  /** The learning rate of this step, every schedule and decay applied. */
  readonly learningRate: number;
  /** The momentum, or Adam's β₁, of this step where a schedule moves it. */
  readonly momentum?: number;
}

/** What can be looked at in the middle of a training step. */
export type StepPart =
  | 'images'
  | 'labels'
  | 'changedImages'
  | 'outputsInInference'
  | 'outputs'
  | 'losses'
  | 'gradient';

/** Is shown the parts of a step in the order in which they come about; gradients one trained array after the other. */
export type StepWatch = (
  part: StepPart,
  values: Float32Array | Int32Array,
  trainedArray?: number,
) => void;

/** What weights come to on some examples. */
export interface Evaluated {
  /** Means over the examples. */
  readonly loss: number;
  readonly accuracy: number;
  /** The class of each example; absent where the engine keeps them to itself. */
  readonly predicted?: Uint8Array;
}

/**
 * A network with its optimiser and its data in the memory of one engine: what a `Trainer` needs of the engine.
 * The order of batches, epochs, validation and checkpoints are the trainer's.
 */
export interface TrainingProgram {
  /**
   * Trains on the examples of these indices. With a watch, an engine that can shows what comes about in between; the
   * step is the same.
   */
  step(indices: Int32Array, moment: Moment, watch?: StepWatch): BatchMetrics;
  /** What the weights come to on the examples `from` … `to − 1` of a part, in their stored order. */
  evaluate(part: 'train' | 'test', from: number, to: number): Evaluated;
  /** Copies of the weights in layer order. */
  readWeights(): Float32Array[];
  writeWeights(weights: readonly Float32Array[]): void;
  /** Copies of the optimiser's running averages in a stable order. */
  readSlots(): Float32Array[];
  writeSlots(slots: readonly Float32Array[]): void;
  /** Gives back what it holds outside the engine's own memory. */
  release(): void;
}

/** What a program is made from. It starts with the optimiser's slots at zero and the weights not yet written. */
export interface ProgramSetup {
  readonly recipe: Recipe;
  readonly plan: ModelPlan;
  readonly dataset: Dataset;
  readonly seed: number;
}

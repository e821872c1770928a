import type { Dataset } from '../dataset.ts';
import type { ModelPlan } from '../model/plan.ts';
import type { Recipe } from '../recipe.ts';

/** What one training batch came to, measured before its update. */
export interface BatchMetrics {
  /** Sum of the examples' losses. */
  readonly lossSum: number;
  /** Examples whose largest output is at the label. */
  readonly correct: number;
}

/**
 * A network with its optimiser and its data in the memory of one engine: what a `Trainer` needs of the engine.
 * The order of batches, epochs, validation and checkpoints are the trainer's.
 */
export interface TrainingProgram {
  /** Trains on the examples of these indices; `iterations` counts the updates before this one. */
  step(indices: Int32Array, iterations: number): BatchMetrics;
  /** Mean loss and accuracy on the examples `from` … `to − 1` of a part, in their stored order. */
  evaluate(
    part: 'train' | 'test',
    from: number,
    to: number,
  ): { readonly loss: number; readonly accuracy: number };
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

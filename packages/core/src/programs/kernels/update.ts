import type { Parameter } from '../../layers/layer.ts';

/** One weight array with its running averages. */
export interface Updatable extends Parameter {
  readonly slots: readonly number[];
}

/** What one optimiser class does in one step to each weight array. */
export type UpdateOfStep = (
  learningRate: number,
  iterations: number,
  momentum?: number,
) => (parameter: Updatable) => void;

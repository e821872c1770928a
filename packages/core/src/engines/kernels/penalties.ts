import type { Pointer } from '../memory.ts';

/** Weight decay and regularisation; every operation is rounded, g is the gradient. */
export interface PenaltyKernels {
  /** Decoupled weight decay: w = w − w·factor. */
  decayWeights(w: Pointer, length: number, factor: number): void;
  /**
   * The gradient of l1·Σ|w| + l2·Σw² added to g: g = g + (s + (2·l2)·w), where s is l1, −l1 or 0 as w is positive,
   * negative or zero.
   */
  regularize(w: Pointer, g: Pointer, length: number, l1: number, l2: number): void;
  /**
   * sums[0] = Σ|w|, sums[1] = Σw². Each is made of 16 partial sums: number j adds, from +0 and ascending, the terms whose
   * index is j modulo 16; the partial sums are then added from +0 in the order of j.
   */
  weightNorms(w: Pointer, sums: Pointer, length: number): void;
}

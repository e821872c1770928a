import type { Pointer } from '../memory.ts';

/**
 * Batch normalisation (Ioffe & Szegedy, ICML 2015) of arrays `[rows, positions, columns]` over all but the last axis.
 * Below n = rows · positions as a float, and a sum Σ_r Σ_p adds each example's positions from +0, then the examples'
 * partial sums from +0, both ascending.
 */
export interface NormalizationKernels {
  /** mean[c] = (Σ_r Σ_p x) / n, then the biased variance[c] = (Σ_r Σ_p (x − mean[c])²) / n. */
  batchMoments(
    x: Pointer,
    mean: Pointer,
    variance: Pointer,
    rows: number,
    positions: number,
    columns: number,
  ): void;
  /**
   * y = (((x − mean[c]) · inverse[c]) · gamma[c]) + beta[c] with inverse[c] = 1 / √(variance[c] + epsilon), every
   * operation rounded; y may be x. x is `[rows, columns]`, the positions counted as rows.
   */
  batchNormalize(
    x: Pointer,
    gamma: Pointer,
    beta: Pointer,
    mean: Pointer,
    variance: Pointer,
    y: Pointer,
    rows: number,
    columns: number,
    epsilon: number,
  ): void;
  /**
   * The gradients of `batchNormalize` with the batch's own moments, with x̂ = (x − mean[c]) · inverse[c]:
   * dbeta[c] = Σ_r Σ_p dy, dgamma[c] = Σ_r Σ_p (dy · x̂), and
   * dx = (gamma[c] · inverse[c]) · ((dy − dbeta[c] / n) − x̂ · (dgamma[c] / n)). dx may be dy.
   */
  batchNormalizeGradient(
    x: Pointer,
    dy: Pointer,
    gamma: Pointer,
    mean: Pointer,
    variance: Pointer,
    dx: Pointer,
    dgamma: Pointer,
    dbeta: Pointer,
    rows: number,
    positions: number,
    columns: number,
    epsilon: number,
  ): void;
  /** average = momentum · average + (1 − momentum) · value, as Keras 3 moves its averages. */
  movingAverage(average: Pointer, value: Pointer, length: number, momentum: number): void;
}

import type { Pointer } from '../pointer.ts';

/** Optimisers and regularisation beyond the first four; every operation is rounded, g is the gradient. */
export interface OptimizerKernels {
  /**
   * RMSprop with epsilon inside the root, momentum and centring, as Keras 3's `RMSprop`:
   * a = rho·a + (1 − rho)·g², d = a; if centred: mean = rho·mean + (1 − rho)·g, d = a − mean²;
   * step = (lr·g) / √(d + epsilon). With momentum > 0: velocity = momentum·velocity + step, w −= velocity; otherwise
   * w −= step. `mean` is touched only if centred ≠ 0, `velocity` only if momentum > 0.
   */
  rmspropInside(
    w: Pointer,
    g: Pointer,
    a: Pointer,
    mean: Pointer,
    velocity: Pointer,
    length: number,
    learningRate: number,
    rho: number,
    momentum: number,
    epsilon: number,
    centered: number,
  ): void;
  /**
   * Nadam: m = β1·m + (1 − β1)·g, v = β2·v + (1 − β2)·g²,
   * w −= (momentFactor·m + gradientFactor·g) / (√(v·varianceFactor) + epsilon).
   */
  nadam(
    w: Pointer,
    g: Pointer,
    m: Pointer,
    v: Pointer,
    length: number,
    momentFactor: number,
    gradientFactor: number,
    varianceFactor: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  /** Adamax: m = β1·m + (1 − β1)·g, u = the larger of β2·u and |g| (β2·u > |g| ? β2·u : |g|), w −= (stepSize·m) / (u + epsilon). */
  adamax(
    w: Pointer,
    g: Pointer,
    m: Pointer,
    u: Pointer,
    length: number,
    stepSize: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  /** Adagrad: a = a + g², w −= (lr·g) / (inside ≠ 0 ? √(a + epsilon) : √a + epsilon). */
  adagrad(
    w: Pointer,
    g: Pointer,
    a: Pointer,
    length: number,
    learningRate: number,
    epsilon: number,
    inside: number,
  ): void;
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

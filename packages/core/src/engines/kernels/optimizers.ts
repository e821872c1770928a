import type { Pointer } from '../memory.ts';

/** Keras's optimisers; every operation is rounded, g is the gradient. */
export interface OptimizerKernels {
  /** Keras SGD: momentum 0: w −= lr·g. Otherwise v = momentum·v − lr·g, w += v, or with Nesterov w += momentum·v − lr·g. */
  sgd(
    w: Pointer,
    g: Pointer,
    velocity: Pointer,
    length: number,
    learningRate: number,
    momentum: number,
    nesterov: number,
  ): void;
  /** Keras RMSprop: a = rho·a + (1 − rho)·g², w −= (lr·g) / (√a + epsilon). */
  rmsprop(
    w: Pointer,
    g: Pointer,
    a: Pointer,
    length: number,
    learningRate: number,
    rho: number,
    epsilon: number,
  ): void;
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
   * Keras Adam: m = β1·m + (1 − β1)·g, v = β2·v + (1 − β2)·g², w −= (lr_t·m) / (√v + epsilon).
   * `stepSize` is lr_t = lr · √(1 − β2ᵗ) / (1 − β1ᵗ).
   */
  adam(
    w: Pointer,
    g: Pointer,
    m: Pointer,
    v: Pointer,
    length: number,
    stepSize: number,
    beta1: number,
    beta2: number,
    epsilon: number,
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
  /** Keras Adadelta: a = rho·a + (1 − rho)·g², u = (g·√(d + ε)) / √(a + ε), w −= lr·u, d = rho·d + (1 − rho)·u². */
  adadelta(
    w: Pointer,
    g: Pointer,
    a: Pointer,
    d: Pointer,
    length: number,
    learningRate: number,
    rho: number,
    epsilon: number,
  ): void;
}

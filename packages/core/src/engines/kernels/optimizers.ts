import type { Pointer } from '../memory.ts';

/** Keras's optimisers, and PyTorch's; every operation is rounded, g is the gradient. */
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
   * Adam with everything that versions of it do differently: m = β1·m + take1·g, v = β2·v + take2·g²,
   * top = max(top, v) where amsgrad ≠ 0 (u = top, else u = v, and top is not touched), and
   * w −= (stepSize·m) / (√u / rootDivisor + epsilon). AMSGrad: Reddi, Kale & Kumar, ICLR 2018.
   */
  generalAdam(
    w: Pointer,
    g: Pointer,
    m: Pointer,
    v: Pointer,
    top: Pointer,
    length: number,
    stepSize: number,
    beta1: number,
    take1: number,
    beta2: number,
    take2: number,
    rootDivisor: number,
    epsilon: number,
    amsgrad: number,
  ): void;
  /**
   * PyTorch's SGD: momentum 0: w −= lr·g. Otherwise buffer = momentum·buffer + take·g, w −= lr·buffer, or with Nesterov
   * w −= lr·(g + momentum·buffer).
   */
  torchSgd(
    w: Pointer,
    g: Pointer,
    buffer: Pointer,
    length: number,
    learningRate: number,
    momentum: number,
    take: number,
    nesterov: number,
  ): void;
  /**
   * PyTorch's RMSprop: a = alpha·a + take·g², d = a; if centred: mean += take·(g − mean), d = a − mean²;
   * step = g / (√d + epsilon). With momentum > 0: buffer = momentum·buffer + step, w −= lr·buffer; otherwise w −= lr·step.
   * `mean` is touched only if centred ≠ 0, `buffer` only if momentum > 0.
   */
  torchRmsprop(
    w: Pointer,
    g: Pointer,
    a: Pointer,
    mean: Pointer,
    buffer: Pointer,
    length: number,
    learningRate: number,
    alpha: number,
    take: number,
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

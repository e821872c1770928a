import type { ActivationKernels } from './kernels/activations.ts';
import type { ConvolutionKernels } from './kernels/convolution.ts';
import type { ImageKernels } from './kernels/images.ts';
import type { LossKernels } from './kernels/losses.ts';
import type { NormalizationKernels } from './kernels/normalization.ts';
import type { OptimizerKernels } from './kernels/optimizers.ts';
import type { PoolingKernels } from './kernels/pooling.ts';
import type { Pointer } from './pointer.ts';

export type { Pointer };

/**
 * The arithmetic of Labproof on flat float32 arrays in row-major order.
 *
 * Every implementation returns the same bits: products and sums are each rounded to float32, nothing is
 * fused, and every reduction adds its terms in ascending index order starting from +0.
 * Arrays must not overlap unless a method says so.
 */
export interface Kernels
  extends
    ConvolutionKernels,
    PoolingKernels,
    NormalizationKernels,
    ActivationKernels,
    LossKernels,
    OptimizerKernels,
    ImageKernels {
  readonly engine: 'native' | 'wasm' | 'cuda' | 'oracle';
  /** Instruction set in use, e.g. `avx512`, `avx2`, `sse2`, `neon`, `simd128`. */
  readonly level: string;

  /** Zeroed memory of so many bytes, aligned to 64. Views taken earlier may be detached by it. */
  allocate(byteLength: number): Pointer;
  /** Gives back everything that was allocated. */
  reset(): void;
  f32(pointer: Pointer, length: number): Float32Array;
  i32(pointer: Pointer, length: number): Int32Array;
  u8(pointer: Pointer, length: number): Uint8Array;

  /** c[m,n] = a[m,k] · b[k,n], summed over k. */
  matmul(a: Pointer, b: Pointer, c: Pointer, m: number, k: number, n: number): void;
  /** Input gradient dx[m,k] = dy[m,n] · w[k,n]ᵀ, summed over n. */
  matmulInputGradient(dy: Pointer, w: Pointer, dx: Pointer, m: number, k: number, n: number): void;
  /** Weight gradient dw[k,n] = x[m,k]ᵀ · dy[m,n], summed over the examples m. */
  matmulWeightGradient(x: Pointer, dy: Pointer, dw: Pointer, m: number, k: number, n: number): void;

  /** y[r,c] = x[r,c] + bias[c]; y may be x. */
  addBias(x: Pointer, bias: Pointer, y: Pointer, rows: number, columns: number): void;
  /** db[c] = Σ dy[r,c], summed over the rows. */
  biasGradient(dy: Pointer, db: Pointer, rows: number, columns: number): void;

  /** y = x > 0 ? x : 0; y may be x. */
  relu(x: Pointer, y: Pointer, length: number): void;
  /** dx = y > 0 ? dy : 0, from the activation's output y; dx may be dy. */
  reluGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** y = 1 / (1 + exp(−x)); y may be x. */
  sigmoid(x: Pointer, y: Pointer, length: number): void;
  /** dx = (dy · y) · (1 − y); dx may be dy. */
  sigmoidGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  tanh(x: Pointer, y: Pointer, length: number): void;
  /** dx = dy · (1 − y · y); dx may be dy. */
  tanhGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** Each row: e = exp(x − max), y = e / Σe; y may be x. */
  softmax(x: Pointer, y: Pointer, rows: number, columns: number): void;
  /** Each row: s = Σ dy·y, dx = (dy − s) · y; dx may be dy. */
  softmaxGradient(y: Pointer, dy: Pointer, dx: Pointer, rows: number, columns: number): void;

  /** Elementwise, for tests and the optimisers: y = exp(x) and so on, within 1 ulp; y may be x. */
  exp(x: Pointer, y: Pointer, length: number): void;
  log(x: Pointer, y: Pointer, length: number): void;
  sin(x: Pointer, y: Pointer, length: number): void;
  sqrt(x: Pointer, y: Pointer, length: number): void;

  /**
   * Crossentropy of softmax(logits) with integer labels (int32), straight from the logits, as Keras does when the
   * output layer is a softmax: with m the row's maximum, loss[r] = log(Σ exp(x − m)) − (x[label[r]] − m).
   * One float a row, not averaged.
   */
  softmaxCrossentropy(
    logits: Pointer,
    labels: Pointer,
    loss: Pointer,
    rows: number,
    columns: number,
  ): void;
  /**
   * Softmax followed by mean crossentropy, the gradient of both together with respect to the logits:
   * dx[r,c] = (p[r,c] − [c = label[r]]) · scale, with scale = 1 / rows as a rounded float.
   */
  softmaxCrossentropyGradient(
    p: Pointer,
    labels: Pointer,
    dx: Pointer,
    rows: number,
    columns: number,
    scale: number,
  ): void;
  /** loss[r] = (Σ_c (y − t)²) / columns with t one-hot of label[r]. */
  squaredError(y: Pointer, labels: Pointer, loss: Pointer, rows: number, columns: number): void;
  /** dy[r,c] = (2 · (y − t)) · scale, with scale = 1 / (rows · columns) as a rounded float. */
  squaredErrorGradient(
    y: Pointer,
    labels: Pointer,
    dy: Pointer,
    rows: number,
    columns: number,
    scale: number,
  ): void;
  /** predicted[r] (int32) = index of the row's largest value, the lowest index on ties. */
  argmax(x: Pointer, predicted: Pointer, rows: number, columns: number): void;

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
   * Keras Adam: m = β1·m + (1 − β1)·g, v = β2·v + (1 − β2)·g², w −= (lr_t·m) / (√v + epsilon).
   * `stepSize` is lr_t = lr · √(1 − β2ᵗ) / (1 − β1ᵗ), computed by `adamStepSize`.
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
  /** lr · √(1 − beta2Power) / (1 − beta1Power), each operation rounded to float32. */
  adamStepSize(learningRate: number, beta1Power: number, beta2Power: number): number;
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

  /**
   * Uniform words of Philox4x32-10 (Salmon et al., SC 2011): word i comes from counter (⌊i/4⌋ + 2³²·0, counterHigh, 0, 0),
   * lane i mod 4, under key (key0, key1). All integers are passed as unsigned 32-bit values.
   */
  philox(out: Pointer, length: number, key0: number, key1: number, counterHigh: number): void;
  /** out = low + u · (high − low) with u = (word >>> 8) · 2⁻²⁴ of the same words; product, then sum, each rounded. */
  uniform(
    out: Pointer,
    length: number,
    key0: number,
    key1: number,
    counterHigh: number,
    low: number,
    high: number,
  ): void;
  /**
   * Inverted dropout: mask[i] = u ≥ rate ? scale : 0 with scale = 1 / (1 − rate) as a rounded float, from the same words.
   */
  dropoutMask(
    mask: Pointer,
    length: number,
    key0: number,
    key1: number,
    counterHigh: number,
    rate: number,
  ): void;
  /** y = a · b elementwise; y may be a or b. */
  multiply(a: Pointer, b: Pointer, y: Pointer, length: number): void;

  /**
   * Gathers examples: out[r, i] = table[bytes[indices[r]·size + i]], where `table` holds 256 floats
   * (the input scaling) and `indices` are int32.
   */
  gather(
    bytes: Pointer,
    indices: Pointer,
    table: Pointer,
    out: Pointer,
    rows: number,
    size: number,
  ): void;
  /** Number of values that are NaN or infinite. */
  countNonFinite(x: Pointer, length: number): number;
}

import type { Pointer } from '../memory.ts';

/**
 * Activations and their gradients. y may be x, and dx may be dy. Where a formula is said to be in float64, it takes
 * float32 arguments, computes in float64 with the stated steps and rounds to float32 once. exp64 and the polynomials are
 * those of `exp` and `log`; `elementary/` and the oracle's `smooth-functions.ts` have every step.
 */
export interface ActivationKernels {
  /** y = x > 0 ? x : 0; y may be x. */
  relu(x: Pointer, y: Pointer, length: number): void;
  /** dx = y > 0 ? dy : 0, from the activation's output y; dx may be dy. */
  reluGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** y = x > 0 ? x : alpha · x. */
  leakyRelu(x: Pointer, y: Pointer, length: number, alpha: number): void;
  /** dx = y > 0 ? dy : alpha · dy, for alpha ≥ 0. */
  leakyReluGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number, alpha: number): void;
  /** y = x > 0 ? (x < maximum ? x : maximum) : 0. */
  clippedRelu(x: Pointer, y: Pointer, length: number, maximum: number): void;
  /** dx = y > 0 and y < maximum ? dy : 0. */
  clippedReluGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number, maximum: number): void;
  /** y = x > 0 ? x : alpha · expm1(x), with expm1 in float64 and rounded before the product (Clevert et al., ICLR 2016). */
  elu(x: Pointer, y: Pointer, length: number, alpha: number): void;
  /** dx = y > 0 ? dy : dy · (y + alpha). */
  eluGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number, alpha: number): void;
  /**
   * y = x > 0 ? s · x : t · expm1(x) with s = 1.0507009873554805 and t = 1.7580993408473766 as floats
   * (Klambauer et al., NIPS 2017).
   */
  selu(x: Pointer, y: Pointer, length: number): void;
  /** dx = y > 0 ? dy · s : dy · (y + t). */
  seluGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** y = 1 / (1 + exp(−x)); y may be x. */
  sigmoid(x: Pointer, y: Pointer, length: number): void;
  /** dx = (dy · y) · (1 − y); dx may be dy. */
  sigmoidGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  tanh(x: Pointer, y: Pointer, length: number): void;
  /** dx = dy · (1 − y · y); dx may be dy. */
  tanhGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** y = x / (1 + |x|). */
  softsign(x: Pointer, y: Pointer, length: number): void;
  /** t = 1 − |y|, dx = dy · (t · t). */
  softsignGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** Keras 2's: v = 0.2 · x + 0.5, y = v < 0 ? 0 : (v > 1 ? 1 : v). */
  hardSigmoid(x: Pointer, y: Pointer, length: number): void;
  /** dx = y > 0 and y < 1 ? 0.2 · dy : 0. */
  hardSigmoidGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** y = max(x, 0) + log1p(exp64(−|x|)) in float64. */
  softplus(x: Pointer, y: Pointer, length: number): void;
  /** dx = dy · (−expm1(−y)), expm1 in float64 and rounded before the product. */
  softplusGradient(y: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** y = x / (1 + exp64(−x)) in float64. */
  swish(x: Pointer, y: Pointer, length: number): void;
  /** From the activation's input: s = 1 / (1 + exp64(−x)), d = s · (1 + x · (1 − s)) in float64; dx = dy · d. */
  swishGradient(x: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** y = x · Φ(x) in float64 with Φ(x) = ½ · erfc(−x · √½), the exact form (Hendrycks & Gimpel, 2016); erfc is Cody's. */
  gelu(x: Pointer, y: Pointer, length: number): void;
  /** From the activation's input: d = Φ(x) + x · (exp64(−½x²) / √2π) in float64; dx = dy · d. */
  geluGradient(x: Pointer, dy: Pointer, dx: Pointer, length: number): void;
  /** Each row: e = exp(x − max), y = e / Σe; y may be x. */
  softmax(x: Pointer, y: Pointer, rows: number, columns: number): void;
  /** Each row: s = Σ dy·y, dx = (dy − s) · y; dx may be dy. */
  softmaxGradient(y: Pointer, dy: Pointer, dx: Pointer, rows: number, columns: number): void;
}

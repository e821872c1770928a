import type { Pointer } from '../pointer.ts';

/** Losses against integer labels (int32): the target t of column c is 1 where c = label[r], otherwise 0. */
export interface LossKernels {
  /**
   * Binary crossentropy of sigmoid(logits), straight from the logits as TensorFlow's
   * `sigmoid_cross_entropy_with_logits`: a column's term is (max(x, 0) − x · t) + log1p(exp64(−|x|)), where the last
   * part is computed in float64 and rounded, the others in float32; loss[r] = (Σ_c term from +0) / columns.
   * The gradient of sigmoid and mean loss together is `softmaxCrossentropyGradient` of the sigmoid's output.
   */
  sigmoidCrossentropy(
    logits: Pointer,
    labels: Pointer,
    loss: Pointer,
    rows: number,
    columns: number,
  ): void;
  /** loss[r] = (Σ_c |y − t|) / columns. */
  absoluteError(y: Pointer, labels: Pointer, loss: Pointer, rows: number, columns: number): void;
  /** dy[r,c] = y > t ? scale : (y < t ? −scale : 0), with scale = 1 / (rows · columns); dy may be y. */
  absoluteErrorGradient(
    y: Pointer,
    labels: Pointer,
    dy: Pointer,
    rows: number,
    columns: number,
    scale: number,
  ): void;
  /** y[r,c] = x[r,c] · factors[r]; y may be x. */
  scaleRows(x: Pointer, factors: Pointer, y: Pointer, rows: number, columns: number): void;
}

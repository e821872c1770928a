import type { Pointer } from '../memory.ts';

/** Losses against integer labels (int32): the target t of column c is 1 where c = label[r], otherwise 0. */
export interface LossKernels {
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
  /**
   * The crossentropy of softmax(logits) with smoothed labels, (1 − smoothing) for the label and smoothing / columns for every
   * column: with e_c = log(Σ exp(x − m)) − (x_c − m), loss[r] = (1 − smoothing)·e_label + (smoothing / columns)·Σ_c e_c.
   */
  smoothedCrossentropy(
    logits: Pointer,
    labels: Pointer,
    loss: Pointer,
    rows: number,
    columns: number,
    smoothing: number,
  ): void;
  /**
   * Its gradient as that of `softmaxCrossentropy`: dx[r,c] = (p[r,c] − t) · scale, where t is share = smoothing / columns,
   * and (1 − smoothing) + share for the label; dx may be p.
   */
  smoothedCrossentropyGradient(
    p: Pointer,
    labels: Pointer,
    dx: Pointer,
    rows: number,
    columns: number,
    scale: number,
    smoothing: number,
  ): void;
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
}

import type { Loss } from '../../recipe.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** What a loss is computed from. */
export interface LossInput {
  /** What the network gives before a final softmax: `[rows, columns]`. */
  readonly logits: Tensor;
  /** The network's output: `[rows, columns]`. */
  readonly output: Tensor;
  /** One-hot: `[rows, columns]`. */
  readonly targets: Tensor;
}

/** One loss a row, not averaged: `[rows]`. */
type LossFunction = (tf: TensorFlow, input: LossInput) => Tensor;

/** −log softmax(logits) at the label; the log-softmax of TensorFlow.js subtracts the row's maximum first. */
const crossentropy: LossFunction = (tf, { logits, targets }) =>
  tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), targets), -1));

/** Every Keras loss that Labproof trains with, in TensorFlow.js ops. */
export const tfjsLosses: Readonly<Record<Loss, LossFunction>> = {
  categorical_crossentropy: crossentropy,
  sparse_categorical_crossentropy: crossentropy,
  mean_squared_error: (tf, { output, targets }) => tf.mean(tf.square(tf.sub(output, targets)), -1),
};

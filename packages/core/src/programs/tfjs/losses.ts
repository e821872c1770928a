import type { Loss } from '../../recipe/recipe.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** What a loss is computed from. */
interface LossInput {
  /** What the network gives before a final softmax or sigmoid: `[rows, columns]`. */
  readonly logits: Tensor;
  /** The network's output: `[rows, columns]`. */
  readonly output: Tensor;
  /** One-hot, or with one column the label itself: `[rows, columns]`. */
  readonly targets: Tensor;
}

/** A loss in TensorFlow.js ops. */
export interface TfjsLoss {
  /** What the network must end in; `null`: anything. */
  readonly head: 'softmax' | 'sigmoid' | null;
  /** One loss a row, not averaged: `[rows]`. */
  losses(tf: TensorFlow, input: LossInput): Tensor;
}

/** −log softmax(logits) at the label; the log-softmax of TensorFlow.js subtracts the row's maximum first. */
const crossentropy: TfjsLoss = {
  head: 'softmax',
  losses: (tf, { logits, targets }) => tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), targets), -1)),
};

/** Every Keras loss that Labproof trains with. */
export const tfjsLosses: Readonly<Record<Loss, TfjsLoss>> = {
  categorical_crossentropy: crossentropy,
  sparse_categorical_crossentropy: crossentropy,
  /** log(1 + exp(x)) − x·t, the mean over the outputs. */
  binary_crossentropy: {
    head: 'sigmoid',
    losses: (tf, { logits, targets }) =>
      tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, targets)), -1),
  },
  mean_squared_error: {
    head: null,
    losses: (tf, { output, targets }) => tf.mean(tf.square(tf.sub(output, targets)), -1),
  },
  /** |d| as max(d, 0) + max(−d, 0): its derivative at 0 is 0, that of `tf.abs` is −1. */
  mean_absolute_error: {
    head: null,
    losses(tf, { output, targets }) {
      const difference = tf.sub(output, targets);
      return tf.mean(tf.add(tf.relu(difference), tf.relu(tf.neg(difference))), -1);
    },
  },
};

import { type ActivationName, ActivationNameSchema } from '../../../layers/activation.ts';
import type { TfjsOperation } from './layer.ts';
import type { Tensor, TensorFlow } from '../tensorflow.ts';

/** An activation in TensorFlow.js ops. Their derivatives at the bends are those of our kernels. */
type Activation = (tf: TensorFlow, x: Tensor) => Tensor;

/** max(x, 0) + alpha · min(x, 0). */
export function leakyRelu(alpha: number): Activation {
  return (tf, x) => tf.leakyRelu(x, alpha);
}

/** min(max(x, 0), maximum). Not `clipByValue`, whose derivative at 0 is 1. */
export function clippedRelu(maximum: number): Activation {
  return (tf, x) => tf.minimum(tf.relu(x), maximum);
}

/** x > 0 ? x : alpha · (exp(x) − 1), without the exponential of a large x, which would make its gradient NaN. */
export function elu(alpha: number): Activation {
  return (tf, x) => tf.add(tf.relu(x), tf.mul(tf.expm1(tf.minimum(x, 0)), alpha));
}

/** Every activation that Labproof trains with, by Keras's name. */
export const tfjsActivations: Readonly<Record<ActivationName, Activation>> = {
  linear: (_, x) => x,
  relu: (tf, x) => tf.relu(x),
  sigmoid: (tf, x) => tf.sigmoid(x),
  tanh: (tf, x) => tf.tanh(x),
  softmax: (tf, x) => tf.softmax(x),
  elu: elu(1),
  selu: (tf, x) => tf.selu(x),
  softplus: (tf, x) => tf.softplus(x),
  softsign: (tf, x) => tf.div(x, tf.add(tf.abs(x), 1)),
  exponential: (tf, x) => tf.exp(x),
  hard_sigmoid: (tf, x) => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1),
  leaky_relu: leakyRelu(0.2),
  relu6: clippedRelu(6),
  swish: (tf, x) => tf.mul(x, tf.sigmoid(x)),
  gelu: (tf, x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
};

/** The operation of a layer's activation option; none for `linear`. */
export function activationOperation(tf: TensorFlow, option: unknown): TfjsOperation[] {
  const name = ActivationNameSchema.parse(option);
  if (name === 'linear') return [];
  const kind = name === 'softmax' || name === 'sigmoid' ? name : 'other';
  return [{ kind, forward: (x) => tfjsActivations[name](tf, x) }];
}

import { type ActivationName, ActivationNameSchema } from '../../layers/activation.ts';
import { pure, type TfjsOperation } from './layer.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** Every activation that Labproof trains with, in TensorFlow.js ops. */
export const tfjsActivations: Readonly<
  Record<ActivationName, (tf: TensorFlow, x: Tensor) => Tensor>
> = {
  linear: (_, x) => x,
  relu: (tf, x) => tf.relu(x),
  sigmoid: (tf, x) => tf.sigmoid(x),
  tanh: (tf, x) => tf.tanh(x),
  softmax: (tf, x) => tf.softmax(x),
};

/** The operation of a layer's activation option; none for `linear`. */
export function activationOperation(tf: TensorFlow, option: unknown): TfjsOperation[] {
  const name = ActivationNameSchema.parse(option);
  if (name === 'linear') return [];
  const operation = pure((x) => tfjsActivations[name](tf, x));
  return [name === 'softmax' ? { ...operation, kind: 'softmax' } : operation];
}

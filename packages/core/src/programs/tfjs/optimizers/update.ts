import type { Tensor, TensorFlow } from '../tensorflow.ts';

/** One weight array before an update, with its running averages. */
interface UpdateInput {
  readonly weight: Tensor;
  readonly gradient: Tensor;
  readonly slots: readonly Tensor[];
}

/** The same after the update; a slot that did not change may be the tensor that was given. */
interface Updated {
  readonly weight: Tensor;
  readonly slots: readonly Tensor[];
}

/** Updates one weight array; what depends on the step alone is bound already. */
export type Update = (tf: TensorFlow, input: UpdateInput) => Updated;

/** `iterations` counts the updates before this one. */
export type UpdateOfStep = (learningRate: number, iterations: number) => Update;

/**
 * rate · average + (1 − rate) · value. The rate is rounded before it is taken from 1: a float32 0.999 leaves
 * 0.00099998712, which is 1.3e-5 off from 0.001.
 */
export function running(tf: TensorFlow, average: Tensor, value: Tensor, rate: number): Tensor {
  const kept = Math.fround(rate);
  return tf.add(tf.mul(average, kept), tf.mul(value, 1 - kept));
}

/** The first two slots. */
export function pair(slots: readonly Tensor[]): [first: Tensor, second: Tensor] {
  const [first, second] = slots;
  if (first === undefined || second === undefined) throw missing();
  return [first, second];
}

/** The first slot. */
export function single(slots: readonly Tensor[]): Tensor {
  const [first] = slots;
  if (first === undefined) throw missing();
  return first;
}

function missing(): Error {
  return new Error('an optimiser without its slots');
}

import type { Optimizer } from '../../recipe.ts';
import { BetaPowers } from '../../training/optimizer.ts';
import { adamStepSize } from '../adam-step-size.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** One weight array before an update, with its running averages. */
export interface UpdateInput {
  readonly weight: Tensor;
  readonly gradient: Tensor;
  readonly slots: readonly Tensor[];
}

/** The same after the update; new tensors. */
export interface Updated {
  readonly weight: Tensor;
  readonly slots: readonly Tensor[];
}

/** Updates one weight array; what depends on the step alone is bound already. */
export type Update = (tf: TensorFlow, input: UpdateInput) => Updated;

/** `iterations` counts the updates before this one. */
export type UpdateOfStep = (learningRate: number, iterations: number) => Update;

/** The update rule of one optimiser class, and how many running averages a weight array has. */
interface TfjsOptimizer<O extends Optimizer> {
  readonly slots: number;
  bind(optimizer: O): UpdateOfStep;
}

type Named<Name extends Optimizer['class_name']> = Extract<Optimizer, { class_name: Name }>;
type OptimizerTable = { readonly [Name in Optimizer['class_name']]: TfjsOptimizer<Named<Name>> };

/**
 * Keras's update rules, step by step. Not `tf.train`: its RMSProp, for one, takes epsilon into the root.
 * The formulas are those of the `Kernels` of the same names.
 */
export const tfjsOptimizers: OptimizerTable = {
  SGD: {
    slots: 1,
    bind:
      ({ momentum, nesterov }) =>
      (learningRate) =>
      (tf, { weight, gradient, slots: [velocity] }) => {
        const step = tf.mul(gradient, learningRate);
        if (momentum === 0) {
          return { weight: tf.sub(weight, step), slots: [tf.clone(present(velocity))] };
        }
        const next = tf.sub(tf.mul(present(velocity), momentum), step);
        const move = nesterov ? tf.sub(tf.mul(next, momentum), step) : next;
        return { weight: tf.add(weight, move), slots: [next] };
      },
  },
  RMSprop: {
    slots: 1,
    bind:
      ({ rho, epsilon }) =>
      (learningRate) =>
      (tf, { weight, gradient, slots: [average] }) => {
        const next = running(tf, present(average), tf.square(gradient), rho);
        const step = tf.div(tf.mul(gradient, learningRate), tf.add(tf.sqrt(next), epsilon));
        return { weight: tf.sub(weight, step), slots: [next] };
      },
  },
  Adam: {
    slots: 2,
    bind(optimizer) {
      const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
      const powers = new BetaPowers(optimizer);
      return (learningRate, iterations) => {
        const stepSize = adamStepSize(learningRate, ...powers.after(iterations + 1));
        return (tf, { weight, gradient, slots: [first, second] }) => {
          const m = running(tf, present(first), gradient, beta1);
          const v = running(tf, present(second), tf.square(gradient), beta2);
          const step = tf.div(tf.mul(m, stepSize), tf.add(tf.sqrt(v), epsilon));
          return { weight: tf.sub(weight, step), slots: [m, v] };
        };
      };
    },
  },
  Adadelta: {
    slots: 2,
    bind:
      ({ rho, epsilon }) =>
      (learningRate) =>
      (tf, { weight, gradient, slots: [gradients, updates] }) => {
        const a = running(tf, present(gradients), tf.square(gradient), rho);
        const d = present(updates);
        const root = tf.mul(gradient, tf.sqrt(tf.add(d, epsilon)));
        const update = tf.div(root, tf.sqrt(tf.add(a, epsilon)));
        return {
          weight: tf.sub(weight, tf.mul(update, learningRate)),
          slots: [a, running(tf, d, tf.square(update), rho)],
        };
      },
  },
};

/**
 * rate · average + (1 − rate) · value. The rate is rounded before it is taken from 1: a float32 0.999 leaves
 * 0.00099998712, which is 1.3e-5 off from 0.001.
 */
function running(tf: TensorFlow, average: Tensor, value: Tensor, rate: number): Tensor {
  const kept = Math.fround(rate);
  return tf.add(tf.mul(average, kept), tf.mul(value, 1 - kept));
}

function present(slot: Tensor | undefined): Tensor {
  if (slot === undefined) throw new Error('an optimiser without its slots');
  return slot;
}

/** The update rule of an optimiser with its hyperparameters, and how many running averages it keeps for an array. */
export function bindOptimizer<Name extends Optimizer['class_name']>(
  name: Name,
  optimizer: Named<Name>,
): { readonly slots: number; readonly updateOf: UpdateOfStep } {
  const { slots, bind }: TfjsOptimizer<Named<Name>> = tfjsOptimizers[name];
  return { slots, updateOf: bind(optimizer) };
}

import type { Optimizer, OptimizerName } from '../../../recipe/optimizer.ts';
import { bindAdam, bindAdamax, bindAdamW, bindNadam } from './adam-family.ts';
import { pair, running, single, type Update, type UpdateOfStep } from './update.ts';

type Named<Name extends OptimizerName> = Extract<Optimizer, { class_name: Name }>;

/**
 * Keras's update rules, step by step. Not `tf.train`: its RMSProp, for one, takes epsilon into the root.
 * The formulas are those of the `Kernels` of the same names, and so is the order of the slots.
 */
export const tfjsOptimizers: {
  readonly [Name in OptimizerName]: (optimizer: Named<Name>) => UpdateOfStep;
} = {
  SGD:
    ({ momentum, nesterov }) =>
    (learningRate) =>
    (tf, { weight, gradient, slots }) => {
      const step = tf.mul(gradient, learningRate);
      if (momentum === 0) return { weight: tf.sub(weight, step), slots };
      const velocity = tf.sub(tf.mul(single(slots), momentum), step);
      const move = nesterov ? tf.sub(tf.mul(velocity, momentum), step) : velocity;
      return { weight: tf.add(weight, move), slots: [velocity] };
    },
  RMSprop: (optimizer) => (learningRate) =>
    optimizer.epsilon_inside_root === true
      ? rmspropInside(optimizer, learningRate)
      : (tf, { weight, gradient, slots }) => {
          const average = running(tf, single(slots), tf.square(gradient), optimizer.rho);
          const root = tf.add(tf.sqrt(average), optimizer.epsilon);
          const step = tf.div(tf.mul(gradient, learningRate), root);
          return { weight: tf.sub(weight, step), slots: [average] };
        },
  Adam: bindAdam,
  AdamW: bindAdamW,
  Adamax: bindAdamax,
  Nadam: bindNadam,
  Adadelta:
    ({ rho, epsilon }) =>
    (learningRate) =>
    (tf, { weight, gradient, slots }) => {
      const [gradients, updates] = pair(slots);
      const a = running(tf, gradients, tf.square(gradient), rho);
      const root = tf.mul(gradient, tf.sqrt(tf.add(updates, epsilon)));
      const update = tf.div(root, tf.sqrt(tf.add(a, epsilon)));
      return {
        weight: tf.sub(weight, tf.mul(update, learningRate)),
        slots: [a, running(tf, updates, tf.square(update), rho)],
      };
    },
  Adagrad:
    ({ epsilon, epsilon_inside_root: inside }) =>
    (learningRate) =>
    (tf, { weight, gradient, slots }) => {
      const sum = tf.add(single(slots), tf.square(gradient));
      const root = inside === true ? tf.sqrt(tf.add(sum, epsilon)) : tf.add(tf.sqrt(sum), epsilon);
      const step = tf.div(tf.mul(gradient, learningRate), root);
      return { weight: tf.sub(weight, step), slots: [sum] };
    },
};

/** Slots: the average of squares, if centred the average, with momentum the velocity. */
function rmspropInside(
  { rho, epsilon, momentum = 0, centered = false }: Named<'RMSprop'>,
  learningRate: number,
): Update {
  return (tf, { weight, gradient, slots }) => {
    const squares = running(tf, single(slots), tf.square(gradient), rho);
    const means = centered ? [running(tf, pair(slots)[1], gradient, rho)] : [];
    const spread = means.reduce((rest, mean) => tf.sub(rest, tf.square(mean)), squares);
    const step = tf.div(tf.mul(gradient, learningRate), tf.sqrt(tf.add(spread, epsilon)));
    const last = slots.at(-1);
    if (momentum === 0 || last === undefined) {
      return { weight: tf.sub(weight, step), slots: [squares, ...means] };
    }
    const velocity = tf.add(tf.mul(last, momentum), step);
    return { weight: tf.sub(weight, velocity), slots: [squares, ...means, velocity] };
  };
}

/** The update rule of an optimiser with its hyperparameters. */
export function bindOptimizer<Name extends OptimizerName>(
  name: Name,
  optimizer: Named<Name>,
): UpdateOfStep {
  const bind: (given: Named<Name>) => UpdateOfStep = tfjsOptimizers[name];
  return bind(optimizer);
}

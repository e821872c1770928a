import type { Optimizer, OptimizerName } from '../../../recipe/optimizer.ts';
import { adamSteps, adamaxSteps, nadamSteps } from '../../step-sizes.ts';
import { pair, running, type UpdateOfStep } from './update.ts';

type Named<Name extends OptimizerName> = Extract<Optimizer, { class_name: Name }>;

export function bindAdam(optimizer: Omit<Named<'Adam'>, 'class_name'>): UpdateOfStep {
  const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
  const stepSizeOf = adamSteps(optimizer);
  return (learningRate, iterations) => {
    const stepSize = stepSizeOf(learningRate, iterations);
    return (tf, { weight, gradient, slots }) => {
      const [first, second] = pair(slots);
      const m = running(tf, first, gradient, beta1);
      const v = running(tf, second, tf.square(gradient), beta2);
      const step = tf.div(tf.mul(m, stepSize), tf.add(tf.sqrt(v), epsilon));
      return { weight: tf.sub(weight, step), slots: [m, v] };
    };
  };
}

/** Every trained array first loses w · (weight_decay · lr), then Adam. */
export function bindAdamW(optimizer: Named<'AdamW'>): UpdateOfStep {
  const adam = bindAdam(optimizer);
  return (learningRate, iterations) => {
    const update = adam(learningRate, iterations);
    const lost = Math.fround(optimizer.weight_decay) * learningRate;
    return (tf, input) => {
      const weight = tf.sub(input.weight, tf.mul(input.weight, lost));
      return update(tf, { ...input, weight });
    };
  };
}

export function bindAdamax(optimizer: Named<'Adamax'>): UpdateOfStep {
  const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
  const stepSizeOf = adamaxSteps(optimizer);
  return (learningRate, iterations) =>
    (tf, { weight, gradient, slots }) => {
      const [first, second] = pair(slots);
      const m = running(tf, first, gradient, beta1);
      const u = tf.maximum(tf.mul(second, beta2), tf.abs(gradient));
      const step = tf.div(tf.mul(m, stepSizeOf(learningRate, iterations)), tf.add(u, epsilon));
      return { weight: tf.sub(weight, step), slots: [m, u] };
    };
}

export function bindNadam(optimizer: Named<'Nadam'>): UpdateOfStep {
  const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
  const factorsOf = nadamSteps(optimizer);
  return (learningRate, iterations) => {
    const { momentFactor, gradientFactor, varianceFactor } = factorsOf(learningRate, iterations);
    return (tf, { weight, gradient, slots }) => {
      const [first, second] = pair(slots);
      const m = running(tf, first, gradient, beta1);
      const v = running(tf, second, tf.square(gradient), beta2);
      const moved = tf.add(tf.mul(m, momentFactor), tf.mul(gradient, gradientFactor));
      const step = tf.div(moved, tf.add(tf.sqrt(tf.mul(v, varianceFactor)), epsilon));
      return { weight: tf.sub(weight, step), slots: [m, v] };
    };
  };
}

import type { Kernels } from '../../engines/kernels.ts';
import type { Optimizer } from '../../recipe/optimizer.ts';
import { adamSteps, adamaxSteps, nadamSteps } from '../step-sizes.ts';
import type { UpdateOfStep } from './update.ts';

type Named<Name extends Optimizer['class_name']> = Extract<Optimizer, { class_name: Name }>;

/** Kingma & Ba, ICLR 2015, in the order of section 2's last paragraph. Source: `keras/optimizers.py`, `Adam`. */
export function bindAdam(optimizer: Named<'Adam'>, kernels: Kernels): UpdateOfStep {
  const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
  const stepSizeOf = adamSteps(optimizer);
  return (learningRate, iterations) => {
    const stepSize = stepSizeOf(learningRate, iterations);
    if (optimizer.amsgrad === true) {
      const [take1, take2] = [1 - Math.fround(beta1), 1 - Math.fround(beta2)];
      return ({ pointer, gradient, length, slots: [m = 0, v = 0, top = 0] }) =>
        kernels.generalAdam(
          pointer,
          gradient,
          m,
          v,
          top,
          length,
          stepSize,
          beta1,
          take1,
          beta2,
          take2,
          1,
          epsilon,
          1,
        );
    }
    return ({ pointer, gradient, length, slots: [m = 0, v = 0] }) =>
      kernels.adam(pointer, gradient, m, v, length, stepSize, beta1, beta2, epsilon);
  };
}

/**
 * Loshchilov & Hutter, ICLR 2019: every trained array first loses w · (weight_decay · lr), then Adam.
 * Source: Keras 3's `AdamW` and `Optimizer._apply_weight_decay`.
 */
export function bindAdamW(optimizer: Named<'AdamW'>, kernels: Kernels): UpdateOfStep {
  const adam = bindAdam({ ...optimizer, class_name: 'Adam' }, kernels);
  return (learningRate, iterations) => {
    const update = adam(learningRate, iterations);
    const factor = Math.fround(Math.fround(optimizer.weight_decay) * learningRate);
    return (parameter) => {
      kernels.decayWeights(parameter.pointer, parameter.length, factor);
      update(parameter);
    };
  };
}

/** Kingma & Ba, ICLR 2015, section 7.1. Source: Keras 3's `Adamax`. */
export function bindAdamax(optimizer: Named<'Adamax'>, kernels: Kernels): UpdateOfStep {
  const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
  const stepSizeOf = adamaxSteps(optimizer);
  return (learningRate, iterations) => {
    const stepSize = stepSizeOf(learningRate, iterations);
    return ({ pointer, gradient, length, slots: [m = 0, u = 0] }) =>
      kernels.adamax(pointer, gradient, m, u, length, stepSize, beta1, beta2, epsilon);
  };
}

/**
 * Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016. Source: Keras 3's `Nadam`, and with another
 * `schedule_decay` Keras 2.2's.
 */
export function bindNadam(optimizer: Named<'Nadam'>, kernels: Kernels): UpdateOfStep {
  const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
  const factorsOf = nadamSteps(optimizer);
  return (learningRate, iterations) => {
    const { momentFactor, gradientFactor, varianceFactor } = factorsOf(learningRate, iterations);
    return ({ pointer, gradient, length, slots: [m = 0, v = 0] }) =>
      kernels.nadam(
        pointer,
        gradient,
        m,
        v,
        length,
        momentFactor,
        gradientFactor,
        varianceFactor,
        beta1,
        beta2,
        epsilon,
      );
  };
}

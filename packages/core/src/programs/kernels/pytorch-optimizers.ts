import { exp64 } from '../../elementary/exponential.ts';
import { log64 } from '../../elementary/logarithm.ts';
import type { Kernels } from '../../engines/kernels.ts';
import type { Optimizer } from '../../recipe/optimizer.ts';
import type { Updatable, UpdateOfStep } from './update.ts';

type Named<Name extends Optimizer['class_name']> = Extract<Optimizer, { class_name: Name }>;

/**
 * What one step of PyTorch's optimisers does to each weight array; the formulas of `torch/optim` in the order of its
 * single-tensor functions. Numbers such as 1 − β are computed in float64 and rounded once, as Python's are.
 */
export function bindPytorch(optimizer: Optimizer, kernels: Kernels): UpdateOfStep {
  switch (optimizer.class_name) {
    case 'SGD':
      return withDecay(optimizer.weight_decay, kernels, bindSgd(optimizer, kernels));
    case 'RMSprop':
      return withDecay(optimizer.weight_decay, kernels, bindRmsprop(optimizer, kernels));
    case 'Adam':
      return withDecay(optimizer.weight_decay, kernels, bindAdam(optimizer, kernels));
    case 'AdamW':
      return bindAdamW(optimizer, kernels);
    case 'Adadelta': {
      const { rho, epsilon } = optimizer;
      return withDecay(
        optimizer.weight_decay,
        kernels,
        (learningRate) =>
          ({ pointer, gradient, length, slots: [a = 0, d = 0] }) =>
            kernels.adadelta(pointer, gradient, a, d, length, learningRate, rho, epsilon),
      );
    }
    case 'Adagrad': {
      const { epsilon } = optimizer;
      return withDecay(
        optimizer.weight_decay,
        kernels,
        (learningRate) =>
          ({ pointer, gradient, length, slots: [sum = 0] }) =>
            kernels.adagrad(pointer, gradient, sum, length, learningRate, epsilon, 0),
      );
    }
    case 'Adamax':
    case 'Nadam':
      // A recipe that says so is refused when it is read.
      throw new Error(`${optimizer.class_name} has no formula in PyTorch's semantics here`);
  }
}

/** g + λ·w in place of g: what `weight_decay` of all but AdamW is. */
function withDecay(
  decay: number | undefined,
  kernels: Kernels,
  updateOfStep: UpdateOfStep,
): UpdateOfStep {
  if (decay === undefined || decay === 0) return updateOfStep;
  return (...step) => {
    const update = updateOfStep(...step);
    return (parameter) => {
      // The kernel's own formula is that of a penalty λ/2·Σw².
      kernels.regularize(parameter.pointer, parameter.gradient, parameter.length, 0, decay / 2);
      update(parameter);
    };
  };
}

function bindSgd(
  { momentum, nesterov, dampening = 0 }: Named<'SGD'>,
  kernels: Kernels,
): UpdateOfStep {
  return (learningRate, iterations, moved) => {
    // The first buffer is the gradient itself.
    const take = iterations === 0 ? 1 : 1 - dampening;
    return ({ pointer, gradient, length, slots: [buffer = 0] }) =>
      kernels.torchSgd(
        pointer,
        gradient,
        buffer,
        length,
        learningRate,
        moved ?? momentum,
        take,
        nesterov ? 1 : 0,
      );
  };
}

/** Slots: the average of squares, if centred the average, with momentum the buffer. */
function bindRmsprop(optimizer: Named<'RMSprop'>, kernels: Kernels): UpdateOfStep {
  const { rho, epsilon, momentum = 0, centered = false } = optimizer;
  return (learningRate, _, moved) =>
    ({ pointer, gradient, length, slots }) => {
      const [average = 0, second = 0] = slots;
      kernels.torchRmsprop(
        pointer,
        gradient,
        average,
        centered ? second : average,
        momentum > 0 ? (slots.at(-1) ?? 0) : average,
        length,
        learningRate,
        rho,
        1 - rho,
        moved ?? momentum,
        epsilon,
        centered ? 1 : 0,
      );
    };
}

function bindAdam(optimizer: Named<'Adam'> | Named<'AdamW'>, kernels: Kernels): UpdateOfStep {
  const { beta_1: own, beta_2: beta2, epsilon, amsgrad = false } = optimizer;
  return (learningRate, iterations, moved) => {
    const beta1 = moved ?? own;
    const correction1 = 1 - power(beta1, iterations + 1);
    const correction2 = Math.sqrt(1 - power(beta2, iterations + 1));
    return ({ pointer, gradient, length, slots: [m = 0, v = 0, top = v] }: Updatable) =>
      kernels.generalAdam(
        pointer,
        gradient,
        m,
        v,
        top,
        length,
        learningRate / correction1,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        correction2,
        epsilon,
        amsgrad ? 1 : 0,
      );
  };
}

/** w · (1 − lr·λ), then Adam. */
function bindAdamW(optimizer: Named<'AdamW'>, kernels: Kernels): UpdateOfStep {
  const adam = bindAdam(optimizer, kernels);
  return (learningRate, ...rest) => {
    const update = adam(learningRate, ...rest);
    const kept = 1 - learningRate * optimizer.weight_decay;
    return (parameter) => {
      const { pointer, length } = parameter;
      kernels.scaleWithin(pointer, pointer, length, kept, Infinity);
      update(parameter);
    };
  };
}

/** β to a whole number, in float64; `Math.pow` is not the same everywhere. */
function power(base: number, exponent: number): number {
  return base === 0 ? 0 : exp64(log64(base) * exponent);
}

import type { Kernels } from '../engines/kernels.ts';
import type { Parameter } from '../layers/layer.ts';
import type { Optimizer } from '../recipe.ts';

/**
 * An optimiser in Keras's semantics, bound to a network's parameters.
 * `slots` are its running averages, in a stable order, so that a checkpoint can keep them.
 */
export interface OptimizerRuntime {
  readonly slots: readonly { readonly pointer: number; readonly length: number }[];
  /** Updates every parameter from its gradient; `iterations` counts the updates before this one. */
  update(iterations: number): void;
}

const SLOTS_PER_PARAMETER = { SGD: 1, RMSprop: 1, Adam: 2, Adadelta: 2 } as const;

/** Allocates the slots (zero, as Keras starts them) and returns the update rule. */
export function createOptimizer(
  optimizer: Optimizer,
  parameters: readonly Parameter[],
  kernels: Kernels,
): OptimizerRuntime {
  const count = SLOTS_PER_PARAMETER[optimizer.class_name];
  const bound = parameters.map((parameter) => ({
    ...parameter,
    slots: Array.from({ length: count }, () => kernels.allocate(parameter.length * 4)),
  }));
  const slots = bound.flatMap(({ slots, length }) => slots.map((pointer) => ({ pointer, length })));
  const powers = new BetaPowers(optimizer);
  return {
    slots,
    update(iterations) {
      const learningRate = decayedLearningRate(optimizer, iterations);
      const stepSize =
        optimizer.class_name === 'Adam'
          ? kernels.adamStepSize(learningRate, ...powers.after(iterations + 1))
          : 0;
      for (const { pointer, gradient, length, slots } of bound) {
        const [first = 0, second = 0] = slots;
        switch (optimizer.class_name) {
          case 'SGD':
            kernels.sgd(
              pointer,
              gradient,
              first,
              length,
              learningRate,
              optimizer.momentum,
              optimizer.nesterov ? 1 : 0,
            );
            break;
          case 'RMSprop':
            kernels.rmsprop(
              pointer,
              gradient,
              first,
              length,
              learningRate,
              optimizer.rho,
              optimizer.epsilon,
            );
            break;
          case 'Adam':
            kernels.adam(
              pointer,
              gradient,
              first,
              second,
              length,
              stepSize,
              optimizer.beta_1,
              optimizer.beta_2,
              optimizer.epsilon,
            );
            break;
          case 'Adadelta':
            kernels.adadelta(
              pointer,
              gradient,
              first,
              second,
              length,
              learningRate,
              optimizer.rho,
              optimizer.epsilon,
            );
            break;
        }
      }
    },
  };
}

/**
 * Keras 2's time-based decay, each operation rounded to float32: lr · (1 / (1 + decay · iterations)).
 * Source: `keras/optimizers.py`, `lr = lr * (1. / (1. + self.decay * K.cast(self.iterations)))`.
 */
export function decayedLearningRate(optimizer: Optimizer, iterations: number): number {
  const { fround } = Math;
  const learningRate = fround(optimizer.learning_rate);
  if (optimizer.decay === 0) return learningRate;
  const growth = fround(fround(optimizer.decay) * fround(iterations));
  return fround(learningRate * fround(1 / fround(1 + growth)));
}

/** Powers of Adam's betas by repeated float64 multiplication of the float32 betas; `Math.pow` is not the same everywhere. */
export class BetaPowers {
  readonly #betas: readonly [number, number];
  #exponent = 0;
  #powers: [number, number] = [1, 1];

  constructor(optimizer: Optimizer) {
    this.#betas =
      optimizer.class_name === 'Adam'
        ? [Math.fround(optimizer.beta_1), Math.fround(optimizer.beta_2)]
        : [1, 1];
  }

  after(exponent: number): readonly [number, number] {
    if (exponent < this.#exponent) {
      this.#exponent = 0;
      this.#powers = [1, 1];
    }
    for (; this.#exponent < exponent; this.#exponent += 1) {
      this.#powers = [this.#powers[0] * this.#betas[0], this.#powers[1] * this.#betas[1]];
    }
    return this.#powers;
  }
}

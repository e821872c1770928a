import type { Kernels } from '../../engines/kernels.ts';
import type { Parameter } from '../../layers/layer.ts';
import type { Optimizer, OptimizerName } from '../../recipe/optimizer.ts';
import type { Recipe } from '../../recipe/recipe.ts';
import { slotsOf } from '../slots.ts';
import { bindAdam, bindAdamax, bindAdamW, bindNadam } from './adam-family.ts';
import { createClipping } from './clipping.ts';
import { bindPytorch } from './pytorch-optimizers.ts';
import type { Updatable, UpdateOfStep } from './update.ts';

/**
 * An optimiser in Keras's or PyTorch's semantics, bound to a network's trainable parameters.
 * `slots` are its running averages, in a stable order, so that a checkpoint can keep them.
 */
export interface OptimizerRuntime {
  readonly slots: readonly {
    readonly pointer: number;
    readonly length: number;
  }[];
  /**
   * Updates every parameter from its gradient; `iterations` counts the updates before this one. `momentum` is in place of
   * the optimiser's own, or of β₁.
   */
  update(iterations: number, learningRate: number, momentum?: number): void;
}

type Named<Name extends OptimizerName> = Extract<Optimizer, { class_name: Name }>;

/** Binds an optimiser with its hyperparameters. */
type Rule<Name extends OptimizerName> = (optimizer: Named<Name>, kernels: Kernels) => UpdateOfStep;

const rules: { readonly [Name in OptimizerName]: Rule<Name> } = {
  /** Source: `keras/optimizers.py`, `SGD`. */
  SGD:
    ({ momentum, nesterov }, kernels) =>
    (learningRate) =>
    ({ pointer, gradient, length, slots: [velocity = 0] }) =>
      kernels.sgd(pointer, gradient, velocity, length, learningRate, momentum, nesterov ? 1 : 0),
  /** Tieleman & Hinton, 2012. Sources: Keras 2.2's `RMSprop`; with epsilon inside the root, Keras 3's. */
  RMSprop(optimizer, kernels) {
    const { rho, epsilon, momentum = 0, centered = false } = optimizer;
    return (learningRate) =>
      ({ pointer, gradient, length, slots }) => {
        const [average = 0, second = 0] = slots;
        if (optimizer.epsilon_inside_root !== true) {
          kernels.rmsprop(pointer, gradient, average, length, learningRate, rho, epsilon);
          return;
        }
        kernels.rmspropInside(
          pointer,
          gradient,
          average,
          centered ? second : average,
          momentum > 0 ? (slots.at(-1) ?? 0) : average,
          length,
          learningRate,
          rho,
          momentum,
          epsilon,
          centered ? 1 : 0,
        );
      };
  },
  Adam: bindAdam,
  AdamW: bindAdamW,
  Adamax: bindAdamax,
  Nadam: bindNadam,
  /** Zeiler, 2012. Source: `keras/optimizers.py`, `Adadelta`. */
  Adadelta:
    ({ rho, epsilon }, kernels) =>
    (learningRate) =>
    ({ pointer, gradient, length, slots: [a = 0, d = 0] }) =>
      kernels.adadelta(pointer, gradient, a, d, length, learningRate, rho, epsilon),
  /** Duchi et al., JMLR 12, 2011. Sources: Keras 2.2's `Adagrad`; with epsilon inside the root, Keras 3's. */
  Adagrad:
    ({ epsilon, epsilon_inside_root: inside }, kernels) =>
    (learningRate) =>
    ({ pointer, gradient, length, slots: [sum = 0] }) =>
      kernels.adagrad(
        pointer,
        gradient,
        sum,
        length,
        learningRate,
        epsilon,
        inside === true ? 1 : 0,
      ),
};

/** Allocates and fills the slots of the trainable parameters and returns the update rule. */
export function createOptimizer(
  { optimizer, semantics }: Pick<Recipe, 'optimizer' | 'semantics'>,
  parameters: readonly Parameter[],
  kernels: Kernels,
): OptimizerRuntime {
  const { count, initial } = slotsOf(optimizer.class_name, optimizer);
  const bound = parameters
    .filter(({ trainable }) => trainable)
    .map((parameter): Updatable => {
      const slots = Array.from({ length: count }, () => {
        const slot = kernels.allocate(parameter.length * 4);
        if (initial !== 0) kernels.f32(slot, parameter.length).fill(initial);
        return slot;
      });
      return { ...parameter, slots };
    });
  const clip = createClipping(optimizer, bound, kernels, semantics);
  const updateOfStep =
    semantics === 'pytorch'
      ? bindPytorch(optimizer, kernels)
      : bindKeras(optimizer.class_name, optimizer, kernels);
  return {
    slots: bound.flatMap(({ slots, length }) => slots.map((pointer) => ({ pointer, length }))),
    update(iterations, learningRate, momentum) {
      clip?.();
      const update = updateOfStep(learningRate, iterations, momentum);
      for (const parameter of bound) update(parameter);
    },
  };
}

function bindKeras<Name extends OptimizerName>(
  name: Name,
  optimizer: Named<Name>,
  kernels: Kernels,
): UpdateOfStep {
  const bind: Rule<Name> = rules[name];
  return bind(optimizer, kernels);
}

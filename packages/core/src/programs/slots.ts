import type { Optimizer, OptimizerName } from '../recipe/optimizer.ts';

type Named<Name extends OptimizerName> = Extract<Optimizer, { class_name: Name }>;

/** The running averages that an optimiser keeps of each weight array. */
export interface Slots {
  readonly count: number;
  /** What they start with. */
  readonly initial: number;
}

const zeros = (count: number): Slots => ({ count, initial: 0 });

const slots: {
  readonly [Name in OptimizerName]: (optimizer: Named<Name>) => Slots;
} = {
  SGD: () => zeros(1),
  RMSprop: ({ momentum = 0, centered = false }) =>
    zeros(1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0)),
  Adam: ({ amsgrad = false }) => zeros(amsgrad ? 3 : 2),
  AdamW: ({ amsgrad = false }) => zeros(amsgrad ? 3 : 2),
  Adamax: () => zeros(2),
  Nadam: () => zeros(2),
  Adadelta: () => zeros(2),
  Adagrad: ({ initial_accumulator_value: initial }) => ({ count: 1, initial }),
};

/** The slots of an optimiser: the same in every training program, in the same order. */
export function slotsOf<Name extends OptimizerName>(name: Name, optimizer: Named<Name>): Slots {
  const of: (optimizer: Named<Name>) => Slots = slots[name];
  return of(optimizer);
}

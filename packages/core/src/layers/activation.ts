import { z } from 'zod';
import {
  type Activation,
  type ActivationName,
  ActivationNameSchema,
  activations,
} from './activations.ts';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  type Operation,
  parseOptions,
  sizeOf,
} from './layer.ts';

export { type ActivationName, ActivationNameSchema } from './activations.ts';

/**
 * An activation in the network. It overwrites its input where nothing else needs it and its gradient is computed from
 * its output; otherwise it has an output of its own.
 */
export class ActivationOperation implements Operation {
  readonly name: string;
  readonly outputIsFree: boolean;
  readonly #activation: Activation;
  readonly #columns: number;
  readonly #context: BuildContext;
  readonly #length: number;
  readonly #ownOutput: number;
  #kept = 0;
  #gateIsTaken = false;

  /** `shape` is that of one example; softmax runs over its last axis. */
  constructor(
    named: { readonly name: string; readonly activation: Activation },
    shape: readonly number[],
    context: BuildContext,
    inputIsFree: boolean,
  ) {
    this.name = named.name;
    this.#activation = named.activation;
    this.#columns = shape.at(-1) ?? 1;
    this.#context = context;
    this.#length = sizeOf(shape);
    const keepsInput = named.activation.keeps === 'input';
    this.outputIsFree = keepsInput;
    const inPlace = inputIsFree && !(keepsInput && context.training);
    this.#ownOutput = inPlace ? 0 : context.memory.output(context.rows * this.#length * 4);
  }

  forward(x: number, rows: number): number {
    const y = this.#ownOutput === 0 ? x : this.#ownOutput;
    this.#activation.forward(this.#context.kernels, x, y, rows * this.#length, this.#columns);
    this.#kept = this.#activation.keeps === 'input' ? x : y;
    return y;
  }

  /**
   * Its backward pass, for what comes next and hands gradients back to values that it chose from this output: as many are then
   * gated as were chosen, and not all that there are. The bits are the same. `null` where this is no gate.
   */
  takeGate(): Activation | null {
    this.#gateIsTaken = this.#activation.gates === true;
    return this.#gateIsTaken ? this.#activation : null;
  }

  backward(dy: number, rows: number): number {
    if (this.#gateIsTaken) return dy;
    const length = rows * this.#length;
    this.#activation.backward(this.#context.kernels, this.#kept, dy, length, this.#columns);
    return dy;
  }
}

/** The operations of a layer's activation option, after an operation that does not need its output again: none for `linear`. */
export function activationOperations(
  option: unknown,
  shape: readonly number[],
  context: BuildContext,
): Operation[] {
  const name: ActivationName = ActivationNameSchema.parse(option);
  if (name === 'linear') return [];
  return [new ActivationOperation({ name, activation: activations[name] }, shape, context, true)];
}

const OptionsSchema = z.strictObject({ ...commonOptions, activation: ActivationNameSchema });

export const activationLayer: LayerDefinition = {
  className: 'Activation',
  plan(config, inputShape) {
    const { activation } = parseOptions(OptionsSchema, config);
    return {
      config: { activation },
      outputShape: inputShape,
      weights: [],
      multiplyAdds: 0,
      untrainable: [],
    };
  },
  build(shape, context) {
    const name = ActivationNameSchema.parse(shape.config['activation']);
    if (name === 'linear') return [];
    const named = { name, activation: activations[name] };
    return [new ActivationOperation(named, shape.outputShape, context, context.inputIsFree)];
  },
};

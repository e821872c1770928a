import { z } from 'zod';
import {
  commonOptions,
  type BuildContext,
  type LayerDefinition,
  type Operation,
  parseOptions,
  sizeOf,
} from './layer.ts';

export const ActivationNameSchema = z.enum(['linear', 'relu', 'sigmoid', 'tanh', 'softmax']);
export type ActivationName = z.infer<typeof ActivationNameSchema>;

/** An activation that overwrites its input and remembers its output. `columns` is the extent of the last axis. */
export class ActivationOperation implements Operation {
  readonly activation: Exclude<ActivationName, 'linear'>;
  readonly columns: number;
  readonly #context: BuildContext;
  readonly #length: number;
  #output = 0;

  constructor(
    activation: Exclude<ActivationName, 'linear'>,
    shape: readonly number[],
    context: BuildContext,
  ) {
    this.activation = activation;
    this.columns = shape.at(-1) ?? 1;
    this.#context = context;
    this.#length = sizeOf(shape);
  }

  forward(x: number, rows: number): number {
    const { kernels } = this.#context;
    const length = rows * this.#length;
    if (this.activation === 'softmax') kernels.softmax(x, x, length / this.columns, this.columns);
    else kernels[this.activation](x, x, length);
    this.#output = x;
    return x;
  }

  backward(dy: number, rows: number): number {
    const { kernels } = this.#context;
    const length = rows * this.#length;
    const y = this.#output;
    switch (this.activation) {
      case 'relu':
        kernels.reluGradient(y, dy, dy, length);
        break;
      case 'sigmoid':
        kernels.sigmoidGradient(y, dy, dy, length);
        break;
      case 'tanh':
        kernels.tanhGradient(y, dy, dy, length);
        break;
      case 'softmax':
        kernels.softmaxGradient(y, dy, dy, length / this.columns, this.columns);
        break;
    }
    return dy;
  }
}

/** The operations of an activation option: none for `linear`. */
export function activationOperations(
  activation: ActivationName,
  shape: readonly number[],
  context: BuildContext,
): Operation[] {
  return activation === 'linear' ? [] : [new ActivationOperation(activation, shape, context)];
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
  build: (shape, context) =>
    activationOperations(
      ActivationNameSchema.parse(shape.config['activation']),
      shape.outputShape,
      context,
    ),
};

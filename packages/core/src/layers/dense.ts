import { z } from 'zod';
import { ActivationNameSchema, activationOperations } from './activation.ts';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  LayerProblem,
  type Operation,
  type Parameter,
  parseOptions,
  sizeOf,
} from './layer.ts';
import { kernelAndBias, weightOptions } from './weights.ts';

const OptionsSchema = z.strictObject({
  ...commonOptions,
  ...weightOptions,
  units: z.int().positive(),
  activation: ActivationNameSchema.nullish(),
});

/** y[rows, units] = x[rows, inputs] · kernel[inputs, units] + bias[units], a row for each vector along the last axis. */
class DenseOperation implements Operation {
  readonly outputIsFree = true;
  readonly #context: BuildContext;
  readonly #inputs: number;
  readonly #units: number;
  /** Vectors an example: 1 for a flat input. */
  readonly #vectors: number;
  readonly #kernel: Parameter;
  readonly #bias: Parameter | undefined;
  readonly #output: number;
  readonly #inputGradient: number;
  #input = 0;

  constructor(context: BuildContext) {
    const { memory, rows, inputShape, inputLength, outputLength } = context;
    const [kernel, bias] = context.parameters;
    if (kernel === undefined) throw new Error('a dense layer without a kernel');
    this.#context = context;
    this.#inputs = inputShape.at(-1) ?? 1;
    this.#vectors = inputLength / this.#inputs;
    this.#units = outputLength / this.#vectors;
    this.#kernel = kernel;
    this.#bias = bias;
    this.#output = memory.output(rows * outputLength * 4);
    this.#inputGradient = memory.inputGradient();
  }

  forward(x: number, rows: number): number {
    const { kernels } = this.#context;
    const vectors = rows * this.#vectors;
    this.#input = x;
    kernels.matmul(x, this.#kernel.pointer, this.#output, vectors, this.#inputs, this.#units);
    if (this.#bias !== undefined) {
      kernels.addBias(this.#output, this.#bias.pointer, this.#output, vectors, this.#units);
    }
    return this.#output;
  }

  backward(dy: number, rows: number, wantInputGradient: boolean): number {
    const { kernels } = this.#context;
    const inputs = this.#inputs;
    const units = this.#units;
    const vectors = rows * this.#vectors;
    kernels.matmulWeightGradient(this.#input, dy, this.#kernel.gradient, vectors, inputs, units);
    if (this.#bias !== undefined) {
      kernels.biasGradient(dy, this.#bias.gradient, vectors, units);
    }
    if (wantInputGradient) {
      kernels.matmulInputGradient(
        dy,
        this.#kernel.pointer,
        this.#inputGradient,
        vectors,
        inputs,
        units,
      );
    }
    return this.#inputGradient;
  }
}

/** Keras `Dense`: on the last axis of its input, whatever its rank. Training takes it on flat inputs. */
export const denseLayer: LayerDefinition = {
  className: 'Dense',
  plan(config, inputShape) {
    const options = parseOptions(OptionsSchema, config);
    const inputs = inputShape.at(-1);
    if (inputs === undefined) throw new LayerProblem('it takes vectors, but its input has no axis');
    const { units } = options;
    const outputShape = [...inputShape.slice(0, -1), units];
    const { weights, untrainable } = kernelAndBias(options, [inputs, units], [inputs, units]);
    return {
      config: {
        units,
        activation: options.activation ?? 'linear',
        use_bias: options.use_bias ?? true,
      },
      outputShape,
      weights,
      multiplyAdds: sizeOf(inputShape) * units,
      untrainable:
        inputShape.length === 1
          ? untrainable
          : [
              ...untrainable,
              `an input of the shape [${inputShape.join(', ')}], which a Flatten before it would make flat`,
            ],
    };
  },
  build: (shape, context) => [
    new DenseOperation(context),
    ...activationOperations(shape.config['activation'], shape.outputShape, context),
  ],
};

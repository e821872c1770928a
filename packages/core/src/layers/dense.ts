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
} from './layer.ts';
import { kernelAndBias, weightOptions } from './weights.ts';

const OptionsSchema = z.strictObject({
  ...commonOptions,
  ...weightOptions,
  units: z.int().positive(),
  activation: ActivationNameSchema.nullish(),
});

/** y[rows, units] = x[rows, inputs] · kernel[inputs, units] + bias[units]. */
class DenseOperation implements Operation {
  readonly outputIsFree = true;
  readonly #context: BuildContext;
  readonly #kernel: Parameter;
  readonly #bias: Parameter | undefined;
  readonly #output: number;
  readonly #inputGradient: number;
  #input = 0;

  constructor(context: BuildContext) {
    const { kernels, rows, inputLength, outputLength } = context;
    const [kernel, bias] = context.parameters;
    if (kernel === undefined) throw new Error('a dense layer without a kernel');
    this.#context = context;
    this.#kernel = kernel;
    this.#bias = bias;
    this.#output = kernels.allocate(rows * outputLength * 4);
    this.#inputGradient = context.training ? kernels.allocate(rows * inputLength * 4) : 0;
  }

  forward(x: number, rows: number): number {
    const { kernels, inputLength, outputLength } = this.#context;
    this.#input = x;
    kernels.matmul(x, this.#kernel.pointer, this.#output, rows, inputLength, outputLength);
    if (this.#bias !== undefined) {
      kernels.addBias(this.#output, this.#bias.pointer, this.#output, rows, outputLength);
    }
    return this.#output;
  }

  backward(dy: number, rows: number, wantInputGradient: boolean): number {
    const { kernels, inputLength, outputLength } = this.#context;
    kernels.matmulWeightGradient(
      this.#input,
      dy,
      this.#kernel.gradient,
      rows,
      inputLength,
      outputLength,
    );
    if (this.#bias !== undefined) {
      kernels.biasGradient(dy, this.#bias.gradient, rows, outputLength);
    }
    if (wantInputGradient) {
      kernels.matmulInputGradient(
        dy,
        this.#kernel.pointer,
        this.#inputGradient,
        rows,
        inputLength,
        outputLength,
      );
    }
    return this.#inputGradient;
  }
}

/** Keras `Dense` on flat inputs. */
export const denseLayer: LayerDefinition = {
  className: 'Dense',
  plan(config, inputShape) {
    const options = parseOptions(OptionsSchema, config);
    const [inputs] = inputShape;
    if (inputShape.length !== 1 || inputs === undefined) {
      throw new LayerProblem(
        `it takes one flat vector an example, but its input has the shape [${inputShape.join(', ')}]; a Flatten layer before it is missing`,
      );
    }
    const { units } = options;
    const { weights, untrainable } = kernelAndBias(options, [inputs, units], [inputs, units]);
    return {
      config: {
        units,
        activation: options.activation ?? 'linear',
        use_bias: options.use_bias ?? true,
      },
      outputShape: [units],
      weights,
      multiplyAdds: inputs * units,
      untrainable,
    };
  },
  build: (shape, context) => [
    new DenseOperation(context),
    ...activationOperations(shape.config['activation'], shape.outputShape, context),
  ],
};

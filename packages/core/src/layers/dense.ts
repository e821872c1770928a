import { z } from 'zod';
import { ActivationNameSchema, activationOperations } from './activation.ts';
import { initializerName, initializerOption } from './initializer.ts';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  LayerProblem,
  type Operation,
  type Parameter,
  parseOptions,
} from './layer.ts';

const OptionsSchema = z.strictObject({
  ...commonOptions,
  units: z.int().positive(),
  activation: ActivationNameSchema.nullish(),
  use_bias: z.boolean().optional(),
  kernel_initializer: initializerOption,
  bias_initializer: initializerOption,
  kernel_regularizer: z.unknown().optional(),
  bias_regularizer: z.unknown().optional(),
  activity_regularizer: z.unknown().optional(),
  kernel_constraint: z.unknown().optional(),
  bias_constraint: z.unknown().optional(),
});

const TRAINING_ONLY = [
  'kernel_regularizer',
  'bias_regularizer',
  'activity_regularizer',
  'kernel_constraint',
  'bias_constraint',
] as const;

/** y[rows, units] = x[rows, inputs] · kernel[inputs, units] + bias[units]. */
class DenseOperation implements Operation {
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
    const useBias = options.use_bias ?? true;
    const kernel = {
      name: 'kernel',
      shape: [inputs, units],
      initializer: initializerName(options.kernel_initializer, 'glorot_uniform'),
      fans: [inputs, units] as const,
    };
    const bias = {
      name: 'bias',
      shape: [units],
      initializer: initializerName(options.bias_initializer, 'zeros'),
      fans: [units, units] as const,
    };
    return {
      config: { units, activation: options.activation ?? 'linear', use_bias: useBias },
      outputShape: [units],
      weights: useBias ? [kernel, bias] : [kernel],
      multiplyAdds: inputs * units,
      untrainable: TRAINING_ONLY.filter((name) => (options[name] ?? null) !== null),
    };
  },
  build: (shape, context) => [
    new DenseOperation(context),
    ...activationOperations(
      ActivationNameSchema.parse(shape.config['activation']),
      shape.outputShape,
      context,
    ),
  ],
};

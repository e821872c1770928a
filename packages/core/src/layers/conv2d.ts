import { z } from 'zod';
import type { ConvolutionGeometry } from '../engines/kernels/convolution.ts';
import { ActivationNameSchema, activationOperations } from './activation.ts';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  type LayerShape,
  type Operation,
  type Parameter,
  parseOptions,
} from './layer.ts';
import { kernelAndBias, weightOptions } from './weights.ts';
import {
  dataFormatOption,
  imageShape,
  paddingOption,
  pairOf,
  pairOption,
  WindowSchema,
  windowsOver,
} from './window.ts';

const one = z.union([z.literal(1), z.tuple([z.literal(1), z.literal(1)])]);

const OptionsSchema = z.strictObject({
  ...commonOptions,
  ...weightOptions,
  filters: z.int().positive(),
  kernel_size: pairOption,
  strides: pairOption.optional(),
  padding: paddingOption.optional(),
  data_format: dataFormatOption,
  dilation_rate: one.optional(),
  groups: z.literal(1).optional(),
  activation: ActivationNameSchema.nullish(),
});

/** y[rows, outHeight, outWidth, filters] = x[rows, height, width, channels] ∗ kernel + bias. */
class Conv2DOperation implements Operation {
  readonly outputIsFree = true;
  readonly #context: BuildContext;
  readonly #geometry: ConvolutionGeometry;
  readonly #positions: number;
  readonly #filters: number;
  readonly #kernel: Parameter;
  readonly #bias: Parameter | undefined;
  readonly #output: number;
  readonly #inputGradient: number;
  #input = 0;

  constructor(shape: LayerShape, context: BuildContext) {
    const { memory, rows, outputLength } = context;
    const [kernel, bias] = context.parameters;
    if (kernel === undefined) throw new Error('a convolution without a kernel');
    const [height, width, channels] = imageShape(context.inputShape);
    const [outHeight, outWidth, filters] = imageShape(shape.outputShape);
    const window = windowOf(shape);
    const { padding } = windowsOver(context.inputShape, window);
    this.#context = context;
    this.#geometry = {
      height,
      width,
      channels,
      filters,
      kernelHeight: window.size[0],
      kernelWidth: window.size[1],
      strideY: window.strides[0],
      strideX: window.strides[1],
      padTop: padding[0],
      padLeft: padding[1],
      outHeight,
      outWidth,
    };
    this.#positions = outHeight * outWidth;
    this.#filters = filters;
    this.#kernel = kernel;
    this.#bias = bias;
    this.#output = memory.output(rows * outputLength * 4);
    this.#inputGradient = memory.inputGradient();
  }

  forward(x: number, rows: number): number {
    const { kernels } = this.#context;
    this.#input = x;
    kernels.conv2d(x, this.#kernel.pointer, this.#output, rows, this.#geometry);
    if (this.#bias !== undefined) {
      const places = rows * this.#positions;
      kernels.addBias(this.#output, this.#bias.pointer, this.#output, places, this.#filters);
    }
    return this.#output;
  }

  backward(dy: number, rows: number, wantInputGradient: boolean): number {
    const { kernels } = this.#context;
    const { pointer, gradient } = this.#kernel;
    kernels.conv2dFilterGradient(this.#input, dy, gradient, rows, this.#geometry);
    if (this.#bias !== undefined) {
      kernels.conv2dBiasGradient(dy, this.#bias.gradient, rows, this.#positions, this.#filters);
    }
    if (wantInputGradient) {
      kernels.conv2dInputGradient(dy, pointer, this.#inputGradient, rows, this.#geometry);
    }
    return this.#inputGradient;
  }
}

function windowOf({ config }: Pick<LayerShape, 'config'>) {
  const { kernel_size: size, strides, padding } = config;
  return WindowSchema.parse({ size, strides, padding });
}

/** Keras `Conv2D` with channels last, without dilation or groups. */
export const conv2dLayer: LayerDefinition = {
  className: 'Conv2D',
  plan(config, inputShape) {
    const options = parseOptions(OptionsSchema, config);
    const { filters } = options;
    const [, , channels] = imageShape(inputShape);
    const size = pairOf(options.kernel_size);
    const strides = pairOf(options.strides ?? 1);
    const padding = options.padding ?? 'valid';
    const { places } = windowsOver(inputShape, { size, strides, padding });
    const taps = size[0] * size[1];
    const { weights, untrainable } = kernelAndBias(
      options,
      [...size, channels, filters],
      [taps * channels, taps * filters],
    );
    return {
      config: {
        filters,
        kernel_size: size,
        strides,
        padding,
        activation: options.activation ?? 'linear',
        use_bias: options.use_bias ?? true,
      },
      outputShape: [...places, filters],
      weights,
      multiplyAdds: places[0] * places[1] * taps * channels * filters,
      untrainable,
    };
  },
  build: (shape, context) => [
    new Conv2DOperation(shape, context),
    ...activationOperations(shape.config['activation'], shape.outputShape, context),
  ],
};

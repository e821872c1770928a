import { z } from 'zod';
import { ActivationNameSchema } from '../activation.ts';
import { parseOptions } from '../layer.ts';
import { imageShape, pairOf, paddingOption, pairOption, windowsOver } from '../window.ts';
import { foreignLayer, ignoredOptions, sequenceShape } from './definition.ts';

const one = z.union([z.literal(1), z.array(z.literal(1))]);
const common = {
  ...ignoredOptions,
  padding: paddingOption.default('valid'),
  dilation_rate: one.optional(),
  groups: z.literal(1).optional(),
  activation: ActivationNameSchema.default('linear'),
  use_bias: z.boolean().default(true),
};
const images = { ...common, kernel_size: pairOption, strides: pairOption.default(1) };
const filters = z.int().positive();
const multiplier = z.int().positive().default(1);

const lengthOption = z.union([z.int().positive(), z.tuple([z.int().positive()])]);
const lengthOf = (option: z.infer<typeof lengthOption>): number =>
  typeof option === 'number' ? option : option[0];

const Conv1DSchema = z.strictObject({
  ...common,
  filters,
  kernel_size: lengthOption,
  strides: lengthOption.default(1),
});
export const conv1d = foreignLayer('Conv1D', (given, inputShape) => {
  const options = parseOptions(Conv1DSchema, given);
  const { padding, activation, use_bias: useBias } = options;
  const [steps, channels] = sequenceShape(inputShape);
  const [size, stride] = [lengthOf(options.kernel_size), lengthOf(options.strides)];
  const window = { size: [size, 1], strides: [stride, 1], padding } as const;
  const [places] = windowsOver([steps, 1, channels], window).places;
  return {
    config: {
      filters: options.filters,
      kernel_size: [size],
      strides: [stride],
      padding,
      activation,
      use_bias: useBias,
    },
    outputShape: [places, options.filters],
    weights: [
      ['kernel', [size, channels, options.filters]],
      ...(useBias ? ([['bias', [options.filters]]] as const) : []),
    ],
    multiplyAdds: places * size * channels * options.filters,
  };
});

const DepthwiseSchema = z.strictObject({ ...images, depth_multiplier: multiplier });
export const depthwiseConv2d = foreignLayer('DepthwiseConv2D', (given, inputShape) => {
  const options = parseOptions(DepthwiseSchema, given);
  const { padding, activation, use_bias: useBias, depth_multiplier: depth } = options;
  const [, , channels] = imageShape(inputShape);
  const [size, strides] = [pairOf(options.kernel_size), pairOf(options.strides)];
  const { places } = windowsOver(inputShape, { size, strides, padding });
  return {
    config: {
      kernel_size: size,
      strides,
      padding,
      depth_multiplier: depth,
      activation,
      use_bias: useBias,
    },
    outputShape: [...places, channels * depth],
    weights: [
      ['depthwise_kernel', [...size, channels, depth]],
      ...(useBias ? ([['bias', [channels * depth]]] as const) : []),
    ],
    multiplyAdds: places[0] * places[1] * size[0] * size[1] * channels * depth,
  };
});

const SeparableSchema = z.strictObject({ ...images, filters, depth_multiplier: multiplier });
export const separableConv2d = foreignLayer('SeparableConv2D', (given, inputShape) => {
  const options = parseOptions(SeparableSchema, given);
  const { padding, activation, use_bias: useBias, depth_multiplier: depth } = options;
  const [, , channels] = imageShape(inputShape);
  const [size, strides] = [pairOf(options.kernel_size), pairOf(options.strides)];
  const { places } = windowsOver(inputShape, { size, strides, padding });
  const between = channels * depth;
  return {
    config: {
      filters: options.filters,
      kernel_size: size,
      strides,
      padding,
      depth_multiplier: depth,
      activation,
      use_bias: useBias,
    },
    outputShape: [...places, options.filters],
    weights: [
      ['depthwise_kernel', [...size, channels, depth]],
      ['pointwise_kernel', [1, 1, between, options.filters]],
      ...(useBias ? ([['bias', [options.filters]]] as const) : []),
    ],
    multiplyAdds: places[0] * places[1] * between * (size[0] * size[1] + options.filters),
  };
});

const TransposeSchema = z.strictObject({ ...images, filters });
export const conv2dTranspose = foreignLayer('Conv2DTranspose', (given, inputShape) => {
  const options = parseOptions(TransposeSchema, given);
  const { padding, activation, use_bias: useBias } = options;
  const [height, width, channels] = imageShape(inputShape);
  const [size, strides] = [pairOf(options.kernel_size), pairOf(options.strides)];
  // Keras's `deconv_output_length` without output_padding.
  const grown = (extent: number, axis: 0 | 1): number =>
    extent * strides[axis] + (padding === 'valid' ? Math.max(size[axis] - strides[axis], 0) : 0);
  return {
    config: {
      filters: options.filters,
      kernel_size: size,
      strides,
      padding,
      activation,
      use_bias: useBias,
    },
    outputShape: [grown(height, 0), grown(width, 1), options.filters],
    weights: [
      ['kernel', [...size, options.filters, channels]],
      ...(useBias ? ([['bias', [options.filters]]] as const) : []),
    ],
    multiplyAdds: height * width * size[0] * size[1] * channels * options.filters,
  };
});

import { z } from 'zod';
import { LayerProblem, parseOptions } from '../layer.ts';
import { imageShape, paddingOption, pairOf, pairOption, windowsOver } from '../window.ts';
import {
  type ForeignDefinition,
  foreignLayer,
  ignoredOptions,
  sequenceShape,
} from './definition.ts';

const UpSamplingSchema = z.strictObject({
  ...ignoredOptions,
  size: pairOption.default(2),
  interpolation: z.literal('nearest').default('nearest'),
});
const upSampling2d = foreignLayer('UpSampling2D', (given, inputShape) => {
  const [vertical, horizontal] = pairOf(parseOptions(UpSamplingSchema, given).size);
  const [height, width, channels] = imageShape(inputShape);
  return {
    config: { size: [vertical, horizontal] },
    outputShape: [height * vertical, width * horizontal, channels],
  };
});

const side = z.int().min(0);
const sides = z.tuple([side, side]);
const CroppingSchema = z.strictObject({
  ...ignoredOptions,
  cropping: z.union([side, sides, z.tuple([sides, sides])]).default(0),
});
const cropping2d = foreignLayer('Cropping2D', (given, inputShape) => {
  const { cropping } = parseOptions(CroppingSchema, given);
  const [vertical, horizontal] = typeof cropping === 'number' ? [cropping, cropping] : cropping;
  const both = (part: number | readonly [number, number]): readonly [number, number] =>
    typeof part === 'number' ? [part, part] : part;
  const [[top, bottom], [left, right]] = [both(vertical), both(horizontal)];
  const [height, width, channels] = imageShape(inputShape);
  return {
    config: {
      cropping: [
        [top, bottom],
        [left, right],
      ],
    },
    outputShape: [height - top - bottom, width - left - right, channels],
  };
});

const PermuteSchema = z.strictObject({ ...ignoredOptions, dims: z.array(z.int().positive()) });
const permute = foreignLayer('Permute', (given, inputShape) => {
  const { dims } = parseOptions(PermuteSchema, given);
  const isOrder = dims.toSorted((a, b) => a - b).every((dim, index) => dim === index + 1);
  if (dims.length !== inputShape.length || !isOrder) {
    throw new LayerProblem(`[${dims.join(', ')}] is no order of ${inputShape.length} axes`);
  }
  return { config: { dims }, outputShape: dims.map((dim) => inputShape[dim - 1] ?? 0) };
});

const RepeatSchema = z.strictObject({ ...ignoredOptions, n: z.int().positive() });
const repeatVector = foreignLayer('RepeatVector', (given, inputShape) => {
  const { n } = parseOptions(RepeatSchema, given);
  const [values] = inputShape;
  if (values === undefined || inputShape.length !== 1) {
    throw new LayerProblem(
      `it takes a vector, but its input has the shape [${inputShape.join(', ')}]`,
    );
  }
  return { config: { n }, outputShape: [n, values] };
});

const length = z.union([z.int().positive(), z.tuple([z.int().positive()])]);
const Pooling1DSchema = z.strictObject({
  ...ignoredOptions,
  pool_size: length.default(2),
  strides: length.optional(),
  padding: paddingOption.default('valid'),
});
function pooling1d(className: string): ForeignDefinition {
  return foreignLayer(className, (given, inputShape) => {
    const { pool_size: pool, strides = pool, padding } = parseOptions(Pooling1DSchema, given);
    const [steps, values] = sequenceShape(inputShape);
    const [size, stride] = [[pool].flat()[0] ?? 1, [strides].flat()[0] ?? 1];
    const window = { size: [size, 1], strides: [stride, 1], padding } as const;
    const [places] = windowsOver([steps, 1, values], window).places;
    return {
      config: { pool_size: [size], strides: [stride], padding },
      outputShape: [places, values],
    };
  });
}

const Global1DSchema = z.strictObject({ ...ignoredOptions, keepdims: z.literal(false).optional() });
function globalPooling1d(className: string): ForeignDefinition {
  return foreignLayer(className, (given, inputShape) => {
    parseOptions(Global1DSchema, given);
    const [, values] = sequenceShape(inputShape);
    return { config: {}, outputShape: [values] };
  });
}

/** Layers that move or pool values. */
export const shapeLayers: readonly ForeignDefinition[] = [
  upSampling2d,
  cropping2d,
  permute,
  repeatVector,
  pooling1d('MaxPooling1D'),
  pooling1d('AveragePooling1D'),
  globalPooling1d('GlobalMaxPooling1D'),
  globalPooling1d('GlobalAveragePooling1D'),
];

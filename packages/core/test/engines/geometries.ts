import fc from 'fast-check';
import { fieldsOf, type GeometryName } from '../../src/engines/geometries.ts';

/* In the cases' lists of numbers the rows stand first, then a geometry's fields in the order of its C struct. */

export function geometryOf(name: GeometryName, extents: readonly number[]): object {
  return Object.fromEntries(fieldsOf(name).map((field, index) => [field, extents[index]!]));
}

/** One axis of a sliding window: `places` windows of `size` taps, `stride` apart, the first one `pad` before the start. */
interface Axis {
  readonly extent: number;
  readonly size: number;
  readonly stride: number;
  readonly pad: number;
  readonly places: number;
}

/** `everyWindowMeets`: no window may lie wholly outside. */
function axis(everyWindowMeets: boolean): fc.Arbitrary<Axis> {
  return fc
    .record({
      extent: fc.integer({ min: 1, max: 9 }),
      size: fc.integer({ min: 1, max: 5 }),
      stride: fc.constantFrom(1, 1, 1, 2, 3),
      before: fc.integer({ min: 0, max: 4 }),
      after: fc.integer({ min: 0, max: 4 }),
      padded: fc.boolean(),
    })
    .map(({ extent, size, stride, before, after, padded }) => {
      const most = everyWindowMeets ? size - 1 : 4;
      const pad = padded ? Math.min(before, most) : 0;
      const reach = extent + pad + (padded ? Math.min(after, most) : 0);
      const fits = Math.min(size, reach);
      return { extent, size: fits, stride, pad, places: Math.floor((reach - fits) / stride) + 1 };
    });
}

const rows = fc.integer({ min: 0, max: 3 });
const channels = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(16, 19, 67));

/** Arguments of the convolutions; filters on both sides of each level's tiles. */
export const convolutionNumbers: fc.Arbitrary<readonly number[]> = fc
  .record({
    rows,
    y: axis(false),
    x: axis(false),
    channels: fc.integer({ min: 1, max: 7 }),
    filters: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 90 })),
    turned: fc.boolean(),
  })
  .map(({ rows, y, x, channels, filters, turned }) => [
    rows,
    y.extent,
    x.extent,
    turned ? filters : channels,
    turned ? channels : filters,
    y.size,
    x.size,
    y.stride,
    x.stride,
    y.pad,
    x.pad,
    y.places,
    x.places,
  ]);

/** Elements of the images, the weights and the outputs of a convolution. */
export function convolutionLengths(numbers: readonly number[]): [number, number, number] {
  const [rows = 0, height = 0, width = 0, channels = 0, filters = 0] = numbers;
  const [, , , , , kernelHeight = 0, kernelWidth = 0] = numbers;
  const [outHeight = 0, outWidth = 0] = numbers.slice(11);
  return [
    rows * height * width * channels,
    kernelHeight * kernelWidth * channels * filters,
    rows * outHeight * outWidth * filters,
  ];
}

/** Whether every window of a convolution is one pixel, and every pixel is in one window. */
export function isPointwise(numbers: readonly number[]): boolean {
  const [kernelAndStrides, pads] = [numbers.slice(5, 9), numbers.slice(9, 11)];
  return kernelAndStrides.every((extent) => extent === 1) && pads.every((pad) => pad === 0);
}

export const poolingNumbers: fc.Arbitrary<readonly number[]> = fc
  .record({ rows, y: axis(true), x: axis(true), channels })
  .filter(({ y, x }) => [y, x].every(meetsTheImage))
  .map(({ rows, y, x, channels }) => [
    rows,
    y.extent,
    x.extent,
    channels,
    y.size,
    x.size,
    y.stride,
    x.stride,
    y.pad,
    x.pad,
    y.places,
    x.places,
  ]);

function meetsTheImage({ extent, size, stride, pad, places }: Axis): boolean {
  const last = (places - 1) * stride - pad;
  return size - pad > 0 && last < extent;
}

/** Elements of the images and of the outputs of a pooling. */
export function poolingLengths(numbers: readonly number[]): [number, number] {
  const [rows = 0, height = 0, width = 0, channels = 0] = numbers;
  const [outHeight = 0, outWidth = 0] = numbers.slice(10);
  return [rows * height * width * channels, rows * outHeight * outWidth * channels];
}

/** Images inside larger ones. */
export const paddingNumbers: fc.Arbitrary<readonly number[]> = fc
  .tuple(rows, ...[0, 1].map(() => fc.integer({ min: 1, max: 9 })), channels)
  .chain(([count = 0, height = 0, width = 0, depth = 0]) =>
    fc
      .array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 4 })
      .map(([top = 0, left = 0, bottom = 0, right = 0]) => [
        count,
        height,
        width,
        depth,
        top,
        left,
        top + height + bottom,
        left + width + right,
      ]),
  );

/** Elements of the inner and of the outer images. */
export function paddingLengths(numbers: readonly number[]): [number, number] {
  const [rows = 0, height = 0, width = 0, channels = 0, , , outHeight = 0, outWidth = 0] = numbers;
  return [rows * height * width * channels, rows * outHeight * outWidth * channels];
}

/** Convolutions whose windows are wide enough that leaving out zeros is considered at every level. */
export const wideConvolutionNumbers: fc.Arbitrary<readonly number[]> = fc
  .tuple(convolutionNumbers, fc.integer({ min: 16, max: 70 }), fc.boolean())
  .map(([numbers, channels, pointwise]) => {
    const [rows = 0, height = 0, width = 0, , filters = 0] = numbers;
    return pointwise
      ? [rows, height, width, channels, filters, 1, 1, 1, 1, 0, 0, height, width]
      : numbers.with(3, channels);
  });

/** Convolutions beyond what the kernels work off in one go. */
export const LARGE_CONVOLUTIONS: readonly (readonly [name: string, numbers: readonly number[]])[] =
  [
    ['more than 1024 taps', [2, 4, 4, 130, 3, 3, 3, 1, 1, 0, 0, 2, 2]],
    ['more filters than fit beside their taps', [1, 6, 6, 20, 150, 5, 5, 1, 1, 0, 0, 2, 2]],
    ['windows of many uneven slices', [1, 3, 4, 65, 130, 1, 3, 1, 1, 0, 0, 3, 2]],
    ['more than 1024 places', [2, 40, 40, 2, 3, 2, 2, 1, 1, 0, 0, 39, 39]],
    ['more than 1024 places and 256 taps', [1, 36, 36, 70, 2, 2, 2, 1, 1, 1, 1, 37, 37]],
    ['rows of more than 1024 places', [1, 1, 1100, 1, 5, 1, 3, 1, 1, 0, 1, 1, 1100]],
    ['rows beyond the scratch image', [1, 2, 300, 230, 1, 2, 2, 1, 1, 1, 1, 2, 300]],
    ['windows beyond the scratch image', [1, 2, 2, 33000, 1, 2, 2, 1, 1, 1, 1, 2, 2]],
    ['gradients beyond the scratch image', [1, 2, 2, 1, 33000, 2, 2, 1, 1, 1, 1, 2, 2]],
  ];

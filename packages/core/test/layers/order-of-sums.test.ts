import { expect, it } from 'vitest';
import { createOracleKernels } from '../../src/index.ts';

/** 2²⁴ swallows a 1 that is added to it, so the place of the ones in a sum can be seen in the result. */
const BIG = 2 ** 24;

function run(
  arrays: readonly (readonly number[])[],
  outputLength: number,
  compute: (kernels: ReturnType<typeof createOracleKernels>, ...pointers: number[]) => void,
): number[] {
  const kernels = createOracleKernels();
  const pointers = [...arrays, Array.from({ length: outputLength }, () => 7)].map((values) => {
    const pointer = kernels.allocate(values.length * 4);
    kernels.f32(pointer, values.length).set(values);
    return pointer;
  });
  compute(kernels, ...pointers);
  return [...kernels.f32(pointers.at(-1)!, outputLength)];
}

/** One pixel under a window of one pixel. */
const ONE_PIXEL = {
  height: 1,
  width: 1,
  channels: 1,
  filters: 1,
  kernelHeight: 1,
  kernelWidth: 1,
  strideY: 1,
  strideX: 1,
  padTop: 0,
  padLeft: 0,
  outHeight: 1,
  outWidth: 1,
};

/** One window over 2 × 2 pixels. */
const WHOLE_IMAGE = {
  height: 2,
  width: 2,
  channels: 1,
  poolHeight: 2,
  poolWidth: 2,
  strideY: 2,
  strideX: 2,
  padTop: 0,
  padLeft: 0,
  outHeight: 1,
  outWidth: 1,
};

const ones = (length: number): number[] => Array.from({ length }, () => 1);

it('conv2d adds kernel row, then kernel column, then input channel', () => {
  // One position, a kernel of 2 × 1 × 2: the terms in order are the image's values.
  const convolve = (image: number[]): number[] =>
    run([image, ones(4)], 1, (kernels, x, w, y) =>
      kernels.conv2d(x!, w!, y!, 1, {
        ...ONE_PIXEL,
        height: 2,
        channels: 2,
        kernelHeight: 2,
      }),
    );
  expect(convolve([BIG, 1, 1, -BIG])).toEqual([0]);
  expect(convolve([BIG, -BIG, 1, 1])).toEqual([2]);
  expect(convolve([1, 1, BIG, -BIG])).toEqual([2]);
});

it('conv2dFilterGradient adds the positions of an example first, then the examples', () => {
  // Two examples of two positions. One running sum of all four would give 0 for the first.
  const gradient = (image: number[]): number[] =>
    run([image, ones(4)], 1, (kernels, x, dy, dw) =>
      kernels.conv2dFilterGradient(x!, dy!, dw!, 2, { ...ONE_PIXEL, width: 2, outWidth: 2 }),
    );
  expect(gradient([BIG, 0, 1, 1])).toEqual([BIG + 2]);
  expect(gradient([BIG, 1, 1, 0])).toEqual([BIG]);
});

it('conv2dBiasGradient adds the positions of an example first, then the examples', () => {
  const gradient = (dy: number[]): number[] =>
    run([dy], 1, (kernels, x, db) => kernels.conv2dBiasGradient(x!, db!, 2, 2, 1));
  expect(gradient([BIG, 0, 1, 1])).toEqual([BIG + 2]);
  expect(gradient([BIG, 1, 1, 0])).toEqual([BIG]);
});

it('conv2dInputGradient adds the output positions in ascending order, and the filters of each', () => {
  // A row of 3 pixels, 3 positions under a kernel of 1 × 3 ("same"), 1 filter: pixel 1 is seen by all three.
  const gradient = (dy: number[], filters: number): number[] =>
    run([dy, ones(3 * filters)], 3, (kernels, x, w, dx) =>
      kernels.conv2dInputGradient(x!, w!, dx!, 1, {
        ...ONE_PIXEL,
        width: 3,
        filters,
        kernelWidth: 3,
        padLeft: 1,
        outWidth: 3,
      }),
    );
  expect(gradient([BIG, 1, -BIG], 1)[1]).toBe(0);
  expect(gradient([BIG, -BIG, 1], 1)[1]).toBe(1);
  expect(gradient([BIG, -BIG, 1, 0, 0, 1], 2)[1]).toBe(2);
  expect(gradient([BIG, 1, -BIG, 0, 0, 0], 2)[1]).toBe(0);
});

it('weightNorms adds sixteen partial sums', () => {
  const weights = [BIG, ...ones(31)];
  const norms = run([weights], 2, (kernels, w, sums) =>
    kernels.weightNorms(w!, sums!, weights.length),
  );
  // Lane 0 swallows its 1; the other 15 lanes hold 2 each and are added one after the other.
  expect(norms[0]).toBe(BIG + 30);
});

it('maxPool takes the first of equal taps, and its gradient goes there alone', () => {
  const kernels = createOracleKernels();
  const [x, y, taps, dx] = [64, 64, 64, 64].map((bytes) => kernels.allocate(bytes));
  kernels.f32(x!, 4).set([1, 3, 3, 3]);
  kernels.maxPool(x!, y!, taps!, 1, WHOLE_IMAGE);
  expect([kernels.f32(y!, 1)[0], kernels.i32(taps!, 1)[0]]).toEqual([3, 1]);
  kernels.f32(y!, 1).set([5]);
  kernels.maxPoolGradient(y!, taps!, dx!, 1, WHOLE_IMAGE);
  expect([...kernels.f32(dx!, 4)]).toEqual([0, 5, 0, 0]);
});

import type { ImageKernels } from '../kernels/images.ts';
import type { PoolingGeometry, PoolingKernels } from '../kernels/pooling.ts';
import type { Arithmetic } from '../kernels.ts';
import type { Endings } from './endings.ts';
import { extentsIn } from './extents.ts';
import type { StreamKeys } from './keys.ts';
import type { Launcher } from './launcher.ts';
import type { PendingLaunch } from './launches.ts';

type Others = Pick<
  Arithmetic,
  | 'addBias'
  | 'relu'
  | 'reluGradient'
  | 'softmax'
  | 'sin'
  | 'gather'
  | 'philox'
  | 'uniform'
  | 'dropoutMask'
  | 'countNonFinite'
>;

/** The most blocks along the y of a grid. */
const MOST_LINES = 65_535;

const pooling = extentsIn('pooling_geometry');
const padding = extentsIn('padding_geometry');

/** Kernels with one thread an output element, row or block of random words. */
export function ownKernels(
  launcher: Launcher,
  keys: StreamKeys,
  endings: Endings,
): Others & Omit<PoolingKernels, 'tiedMaximumGradient'> & ImageKernels {
  const { memory } = launcher;
  let counter = 0;

  const words = (entry: string, length: number, values: readonly number[]): void =>
    launcher.elements(entry, Math.ceil(length / 4), values);

  /** One thread an element of images, a line of them for each y of the grid. */
  function pixels(
    entry: string,
    images: { lines: number; elements: number },
    values: readonly number[],
  ): PendingLaunch | null {
    const { lines, elements } = images;
    if (lines * elements === 0) return null;
    const threads = Math.min(256, Math.ceil(elements / 32) * 32);
    const grid = {
      x: Math.ceil(elements / threads),
      y: Math.min(lines, MOST_LINES),
      threads,
    };
    return launcher.launch(entry, grid, values);
  }

  return {
    addBias(x, bias, y, rows, columns) {
      if (x === y && endings.addBias(x, bias, rows, columns)) return;
      launcher.elements('addBias', rows * columns, [x, bias, y, rows, columns]);
    },
    relu(x, y, length) {
      if (x === y && endings.relu(x, length)) return;
      launcher.elements('relu', length, [x, y, length]);
    },
    reluGradient(y, dy, dx, length) {
      if (dy === dx && endings.reluGradient(dx, y, length)) return;
      launcher.elements('reluGradient', length, [y, dy, dx, length]);
    },
    softmax: (x, y, rows, columns) => launcher.elements('softmax', rows, [x, y, rows, columns]),
    sin: (x, y, length) => launcher.elements('sin', length, [x, y, length]),
    gather: (bytes, indices, table, out, rows, size) =>
      launcher.elements('gather', rows * size, [bytes, indices, table, out, rows, size]),
    philox: (out, length, key0, key1, counterHigh) =>
      words('philox', length, [out, length, keys.find(key0, key1), counterHigh]),
    uniform: (out, length, key0, key1, counterHigh, low, high) =>
      words('uniform', length, [out, length, keys.find(key0, key1), counterHigh, low, high]),
    dropoutMask: (mask, length, key0, key1, counterHigh, rate) =>
      words('dropoutMask', length, [mask, length, keys.find(key0, key1), counterHigh, rate]),
    countNonFinite(x, length) {
      const zero = new Uint32Array(1);
      if (counter === 0) counter = memory.allocateCommon(zero);
      launcher.launches.submit();
      memory.upload(0, counter, zero);
      launcher.elements('countNonFinite', length, [x, counter, length]);
      launcher.launches.submit();
      memory.download(0, counter, zero);
      return zero[0] ?? 0;
    },
    maxPool: (x, y, taps, rows, g) =>
      void pixels('maxPool', outputsOf(rows, g), [x, y, taps, rows, ...pooling(g)]),
    maxPoolGradient(dy, taps, dx, rows, g) {
      const values = [dy, taps, dx, rows, ...pooling(g)];
      const images = inputsOf(rows, g);
      const launch = pixels('maxPoolGradient', images, [...values, dx, 0]);
      const shape = { rows: images.lines, columns: images.elements };
      endings.offer(launch && { launch, out: dx, ...shape, besideIndex: values.length });
    },
    averagePool: (x, y, rows, g) =>
      void pixels('averagePool', outputsOf(rows, g), [x, y, rows, ...pooling(g)]),
    averagePoolGradient: (dy, dx, rows, g) =>
      void pixels('averagePoolGradient', inputsOf(rows, g), [dy, dx, rows, ...pooling(g)]),
    zeroPad: (x, y, rows, g) =>
      void pixels('zeroPad', outputsOf(rows, g), [x, y, rows, ...padding(g)]),
    zeroPadGradient: (dy, dx, rows, g) =>
      void pixels('zeroPadGradient', inputsOf(rows, g), [dy, dx, rows, ...padding(g)]),
    transformImages: (x, maps, y, rows, height, width, channels) =>
      void pixels('transformImages', inputsOf(rows, { height, width, channels }), [
        x,
        maps,
        y,
        rows,
        height,
        width,
        channels,
      ]),
  };
}

type Extents = Pick<PoolingGeometry, 'height' | 'width' | 'channels'>;
type OutExtents = Pick<PoolingGeometry, 'outHeight' | 'outWidth' | 'channels'>;

/** The lines of all input images, and the elements of a line. */
function inputsOf(
  rows: number,
  { height, width, channels }: Extents,
): { lines: number; elements: number } {
  return { lines: rows * height, elements: width * channels };
}

function outputsOf(
  rows: number,
  { outHeight, outWidth, channels }: OutExtents,
): { lines: number; elements: number } {
  return { lines: rows * outHeight, elements: outWidth * channels };
}

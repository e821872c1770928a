import type { ImageKernels, PaddingGeometry } from '../kernels/images.ts';
import type { PoolingGeometry, PoolingKernels } from '../kernels/pooling.ts';
import type { Arithmetic } from '../kernels.ts';
import { extentsIn } from './extents.ts';
import type { StreamKeys } from './keys.ts';
import type { Launcher } from './launcher.ts';

type Others = Pick<
  Arithmetic,
  'softmax' | 'sin' | 'gather' | 'philox' | 'uniform' | 'dropoutMask' | 'countNonFinite'
>;

const pooling = extentsIn('pooling_geometry');
const padding = extentsIn('padding_geometry');

/** Kernels with one thread an output element, row or block of random words. */
export function ownKernels(
  launcher: Launcher,
  keys: StreamKeys,
): Others & PoolingKernels & ImageKernels {
  const { memory } = launcher;
  let counter = 0;

  const words = (entry: string, length: number, values: readonly number[]): void =>
    launcher.elements(entry, Math.ceil(length / 4), values);

  return {
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
      launcher.elements('maxPool', outputsOf(rows, g), [x, y, taps, rows, ...pooling(g)]),
    maxPoolGradient: (dy, taps, dx, rows, g) =>
      launcher.elements('maxPoolGradient', inputsOf(rows, g), [dy, taps, dx, rows, ...pooling(g)]),
    averagePool: (x, y, rows, g) =>
      launcher.elements('averagePool', outputsOf(rows, g), [x, y, rows, ...pooling(g)]),
    averagePoolGradient: (dy, dx, rows, g) =>
      launcher.elements('averagePoolGradient', inputsOf(rows, g), [dy, dx, rows, ...pooling(g)]),
    zeroPad: (x, y, rows, g) =>
      launcher.elements('zeroPad', outputsOf(rows, g), [x, y, rows, ...padding(g)]),
    zeroPadGradient: (dy, dx, rows, g) =>
      launcher.elements('zeroPadGradient', inputsOf(rows, g), [dy, dx, rows, ...padding(g)]),
    transformImages: (x, maps, y, rows, height, width, channels) =>
      launcher.elements('transformImages', rows * height * width * channels, [
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

type Images = PoolingGeometry | PaddingGeometry;

function inputsOf(rows: number, { height, width, channels }: Images): number {
  return rows * height * width * channels;
}

function outputsOf(rows: number, { outHeight, outWidth, channels }: Images): number {
  return rows * outHeight * outWidth * channels;
}

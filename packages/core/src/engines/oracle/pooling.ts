import type { PoolingGeometry, PoolingKernels } from '../kernels/pooling.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

interface Tap {
  readonly number: number;
  /** Index of the tap's pixel in the images, in elements, for channel 0. */
  readonly image: number;
}

/** Calls `visit` for every output position in ascending order, with its window's taps inside the image, ascending. */
function eachWindow(
  rows: number,
  geometry: PoolingGeometry,
  visit: (output: number, taps: readonly Tap[]) => void,
): void {
  const { height, width, channels, poolHeight, poolWidth } = geometry;
  const { strideY, strideX, padTop, padLeft, outHeight, outWidth } = geometry;
  for (let r = 0; r < rows; r++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const taps: Tap[] = [];
        for (let ky = 0; ky < poolHeight; ky++) {
          for (let kx = 0; kx < poolWidth; kx++) {
            const iy = oy * strideY + ky - padTop;
            const ix = ox * strideX + kx - padLeft;
            if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
            taps.push({
              number: ky * poolWidth + kx,
              image: ((r * height + iy) * width + ix) * channels,
            });
          }
        }
        visit(((r * outHeight + oy) * outWidth + ox) * channels, taps);
      }
    }
  }
}

export function poolingKernels(memory: OracleMemory): PoolingKernels {
  const clearImages = (dx: number, rows: number, geometry: PoolingGeometry): void => {
    const length = rows * geometry.height * geometry.width * geometry.channels;
    memory.floats.fill(0, dx / 4, dx / 4 + length);
  };

  return {
    maxPool(x, y, chosen, rows, geometry) {
      const { floats, integers } = memory;
      eachWindow(rows, geometry, (output, taps) => {
        for (let c = 0; c < geometry.channels; c++) {
          let best = taps[0]!;
          for (const tap of taps) {
            if (floats[x / 4 + tap.image + c]! > floats[x / 4 + best.image + c]!) best = tap;
          }
          floats[y / 4 + output + c] = floats[x / 4 + best.image + c]!;
          integers[chosen / 4 + output + c] = best.number;
        }
      });
    },

    maxPoolGradient(dy, chosen, dx, rows, geometry) {
      const { floats, integers } = memory;
      clearImages(dx, rows, geometry);
      eachWindow(rows, geometry, (output, taps) => {
        for (let c = 0; c < geometry.channels; c++) {
          const number = integers[chosen / 4 + output + c];
          for (const tap of taps) {
            if (tap.number !== number) continue;
            const place = dx / 4 + tap.image + c;
            floats[place] = floats[place]! + floats[dy / 4 + output + c]!;
          }
        }
      });
    },

    tiedMaximumGradient(x, y, dy, dx, rows, positions, columns) {
      const { floats } = memory;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const at = (p: number): number => (r * positions + p) * columns + c;
          const maximum = floats[y / 4 + r * columns + c]!;
          let count = 0;
          for (let p = 0; p < positions; p++) if (floats[x / 4 + at(p)] === maximum) count += 1;
          const share = f(f(1 / count) * floats[dy / 4 + r * columns + c]!);
          for (let p = 0; p < positions; p++) {
            floats[dx / 4 + at(p)] = floats[x / 4 + at(p)] === maximum ? share : 0;
          }
        }
      }
    },

    averagePool(x, y, rows, geometry) {
      const { floats } = memory;
      eachWindow(rows, geometry, (output, taps) => {
        for (let c = 0; c < geometry.channels; c++) {
          let sum = 0;
          for (const tap of taps) sum = f(sum + floats[x / 4 + tap.image + c]!);
          floats[y / 4 + output + c] = sum / taps.length;
        }
      });
    },

    averagePoolGradient(dy, dx, rows, geometry) {
      const { floats } = memory;
      clearImages(dx, rows, geometry);
      eachWindow(rows, geometry, (output, taps) => {
        for (let c = 0; c < geometry.channels; c++) {
          const share = f(floats[dy / 4 + output + c]! / taps.length);
          for (const tap of taps) {
            const place = dx / 4 + tap.image + c;
            floats[place] = floats[place]! + share;
          }
        }
      });
    },
  };
}

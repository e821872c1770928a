import type { ImageKernels } from '../kernels/images.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

/** A coordinate between two pixels of an axis: the pixels' numbers and how far it is from the first. */
interface Between {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

function between(coordinate: number, extent: number): Between {
  const last = extent - 1;
  const place = coordinate > 0 ? (coordinate < last ? coordinate : last) : 0;
  const first = Math.floor(place);
  return { first, second: Math.min(first + 1, last), share: f(place - first) };
}

function blend(from: number, to: number, share: number): number {
  return f(from + f(share * f(to - from)));
}

export function imageKernels(memory: OracleMemory): ImageKernels {
  return {
    transformImages(x, maps, y, rows, height, width, channels) {
      const { floats } = memory;
      for (let r = 0; r < rows; r++) {
        const map = maps / 4 + 6 * r;
        const [a = 0, b = 0, p = 0, c = 0, d = 0, q = 0] = floats.subarray(map, map + 6);
        const pixel = (iy: number, ix: number, channel: number): number =>
          floats[x / 4 + ((r * height + iy) * width + ix) * channels + channel]!;
        for (let i = 0; i < height; i++) {
          for (let j = 0; j < width; j++) {
            const v = between(f(f(f(a * i) + f(b * j)) + p), height);
            const u = between(f(f(f(c * i) + f(d * j)) + q), width);
            for (let k = 0; k < channels; k++) {
              const top = blend(pixel(v.first, u.first, k), pixel(v.first, u.second, k), u.share);
              const bottom = blend(
                pixel(v.second, u.first, k),
                pixel(v.second, u.second, k),
                u.share,
              );
              const place = y / 4 + ((r * height + i) * width + j) * channels + k;
              floats[place] = blend(top, bottom, v.share);
            }
          }
        }
      }
    },

    zeroPad(x, y, rows, { height, width, channels, top, left, outHeight, outWidth }) {
      const { floats } = memory;
      floats.fill(0, y / 4, y / 4 + rows * outHeight * outWidth * channels);
      for (let r = 0; r < rows; r++) {
        for (let iy = 0; iy < height; iy++) {
          const from = x / 4 + (r * height + iy) * width * channels;
          const to = y / 4 + ((r * outHeight + iy + top) * outWidth + left) * channels;
          floats.copyWithin(to, from, from + width * channels);
        }
      }
    },

    zeroPadGradient(dy, dx, rows, { height, width, channels, top, left, outHeight, outWidth }) {
      for (let r = 0; r < rows; r++) {
        for (let iy = 0; iy < height; iy++) {
          const from = dy / 4 + ((r * outHeight + iy + top) * outWidth + left) * channels;
          const to = dx / 4 + (r * height + iy) * width * channels;
          memory.floats.copyWithin(to, from, from + width * channels);
        }
      }
    },
  };
}

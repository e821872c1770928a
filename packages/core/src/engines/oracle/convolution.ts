import type { ConvolutionGeometry, ConvolutionKernels } from '../kernels/convolution.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

/** Offsets in elements of the places that a convolution touches, and which kernel taps lie inside the image. */
function layoutOf(geometry: ConvolutionGeometry) {
  const { height, width, channels, filters, kernelWidth } = geometry;
  const { strideY, strideX, padTop, padLeft, outHeight, outWidth } = geometry;
  return {
    image: (r: number, iy: number, ix: number) => ((r * height + iy) * width + ix) * channels,
    weight: (ky: number, kx: number, c: number) =>
      ((ky * kernelWidth + kx) * channels + c) * filters,
    output: (r: number, oy: number, ox: number) => ((r * outHeight + oy) * outWidth + ox) * filters,
    imageRow: (oy: number, ky: number) => oy * strideY + ky - padTop,
    imageColumn: (ox: number, kx: number) => ox * strideX + kx - padLeft,
    inside: (iy: number, ix: number) => iy >= 0 && iy < height && ix >= 0 && ix < width,
  };
}

export function convolutionKernels(memory: OracleMemory): ConvolutionKernels {
  return {
    conv2d(xPointer, wPointer, yPointer, rows, geometry) {
      const { channels, filters, kernelHeight, kernelWidth, outHeight, outWidth } = geometry;
      const at = layoutOf(geometry);
      const floats = memory.floats;
      const [x, w, y] = [xPointer / 4, wPointer / 4, yPointer / 4];
      for (let r = 0; r < rows; r++) {
        for (let oy = 0; oy < outHeight; oy++) {
          for (let ox = 0; ox < outWidth; ox++) {
            for (let filter = 0; filter < filters; filter++) {
              let sum = 0;
              for (let ky = 0; ky < kernelHeight; ky++) {
                for (let kx = 0; kx < kernelWidth; kx++) {
                  const [iy, ix] = [at.imageRow(oy, ky), at.imageColumn(ox, kx)];
                  if (!at.inside(iy, ix)) continue;
                  for (let c = 0; c < channels; c++) {
                    const value = floats[x + at.image(r, iy, ix) + c]!;
                    sum = f(sum + f(value * floats[w + at.weight(ky, kx, c) + filter]!));
                  }
                }
              }
              floats[y + at.output(r, oy, ox) + filter] = sum;
            }
          }
        }
      }
    },

    conv2dInputGradient(dyPointer, wPointer, dxPointer, rows, geometry) {
      const { height, width, channels, filters, kernelHeight, kernelWidth } = geometry;
      const { strideY, strideX, padTop, padLeft, outHeight, outWidth } = geometry;
      const at = layoutOf(geometry);
      const floats = memory.floats;
      const [dy, w, dx] = [dyPointer / 4, wPointer / 4, dxPointer / 4];
      for (let r = 0; r < rows; r++) {
        for (let iy = 0; iy < height; iy++) {
          for (let ix = 0; ix < width; ix++) {
            for (let c = 0; c < channels; c++) {
              let sum = 0;
              for (let oy = 0; oy < outHeight; oy++) {
                const ky = iy + padTop - oy * strideY;
                if (ky < 0 || ky >= kernelHeight) continue;
                for (let ox = 0; ox < outWidth; ox++) {
                  const kx = ix + padLeft - ox * strideX;
                  if (kx < 0 || kx >= kernelWidth) continue;
                  for (let filter = 0; filter < filters; filter++) {
                    const gradient = floats[dy + at.output(r, oy, ox) + filter]!;
                    sum = f(sum + f(gradient * floats[w + at.weight(ky, kx, c) + filter]!));
                  }
                }
              }
              floats[dx + at.image(r, iy, ix) + c] = sum;
            }
          }
        }
      }
    },

    conv2dFilterGradient(xPointer, dyPointer, dwPointer, rows, geometry) {
      const { channels, filters, kernelHeight, kernelWidth, outHeight, outWidth } = geometry;
      const at = layoutOf(geometry);
      const floats = memory.floats;
      const [x, dy, dw] = [xPointer / 4, dyPointer / 4, dwPointer / 4];
      for (let ky = 0; ky < kernelHeight; ky++) {
        for (let kx = 0; kx < kernelWidth; kx++) {
          for (let c = 0; c < channels; c++) {
            for (let filter = 0; filter < filters; filter++) {
              let total = 0;
              for (let r = 0; r < rows; r++) {
                let sum = 0;
                for (let oy = 0; oy < outHeight; oy++) {
                  for (let ox = 0; ox < outWidth; ox++) {
                    const [iy, ix] = [at.imageRow(oy, ky), at.imageColumn(ox, kx)];
                    if (!at.inside(iy, ix)) continue;
                    const value = floats[x + at.image(r, iy, ix) + c]!;
                    sum = f(sum + f(value * floats[dy + at.output(r, oy, ox) + filter]!));
                  }
                }
                total = f(total + sum);
              }
              floats[dw + at.weight(ky, kx, c) + filter] = total;
            }
          }
        }
      }
    },

    conv2dBiasGradient(dy, db, rows, positions, columns) {
      const floats = memory.floats;
      for (let c = 0; c < columns; c++) {
        let total = 0;
        for (let r = 0; r < rows; r++) {
          let sum = 0;
          for (let p = 0; p < positions; p++) {
            sum = f(sum + floats[dy / 4 + (r * positions + p) * columns + c]!);
          }
          total = f(total + sum);
        }
        floats[db / 4 + c] = total;
      }
    },
  };
}

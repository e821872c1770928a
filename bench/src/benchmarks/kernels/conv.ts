import type { Benchmark } from '../../benchmark.ts';
import { KERNEL_OPTIONS, type KernelTask, raceKernels, randomArray } from './race.ts';

/** Square images and 3 × 3 windows with stride 1, of the convolutional networks that labs train. */
const LAYERS = [
  { rows: 128, size: 28, channels: 1, filters: 32, pad: 0 },
  { rows: 128, size: 26, channels: 32, filters: 64, pad: 0 },
  { rows: 32, size: 32, channels: 3, filters: 32, pad: 1 },
  { rows: 32, size: 32, channels: 32, filters: 32, pad: 0 },
  { rows: 32, size: 15, channels: 32, filters: 64, pad: 1 },
  { rows: 32, size: 15, channels: 64, filters: 64, pad: 0 },
] as const;
const KERNEL = 3;

/** The nonzero share of gradients that come through a 2 × 2 max pooling, a relu and dropout is about a seventh. */
const OPERATIONS = [
  { operation: 'forward', density: 1 },
  { operation: 'filters', density: 1 },
  { operation: 'inputs', density: 1 },
  { operation: 'filters', density: 0.15 },
  { operation: 'inputs', density: 0.15 },
] as const;

type Layer = (typeof LAYERS)[number];
type Operation = (typeof OPERATIONS)[number];
type Convolution = KernelTask &
  Layer &
  Operation & {
    readonly kernel: number;
    /** Outputs along a side. */
    readonly places: number;
  };

/** GFLOP/s count all products and sums of the convolution, also those with zero gradients that Labproof leaves out. */
export const conv: Benchmark = {
  name: 'conv',
  about: 'convolutions on one core: the engines beside PyTorch',
  rounds: 5,
  options: KERNEL_OPTIONS,
  run: (bench) =>
    raceKernels(bench, {
      title: 'Convolutions, one thread',
      script: 'conv.py',
      tasks: LAYERS.flatMap((layer) => OPERATIONS.map((operation) => taskOf(layer, operation))),
      prepare(kernels, { operation, density, rows, size, channels, filters, pad, places }) {
        const outputs = rows * places ** 2 * filters;
        const x = randomArray(kernels, rows * size ** 2 * channels, 1, -1);
        const w = randomArray(kernels, KERNEL ** 2 * channels * filters, 2, -1);
        const y = randomArray(kernels, outputs, 3, -1);
        if (density < 1) {
          const mask = kernels.allocate(outputs * 4);
          kernels.dropoutMask(mask, outputs, 1, 4, 0, 1 - density);
          kernels.multiply(y, mask, y, outputs);
        }
        const geometry = {
          height: size,
          width: size,
          channels,
          filters,
          kernelHeight: KERNEL,
          kernelWidth: KERNEL,
          strideY: 1,
          strideX: 1,
          padTop: pad,
          padLeft: pad,
          outHeight: places,
          outWidth: places,
        };
        if (operation === 'forward') return () => kernels.conv2d(x, w, y, rows, geometry);
        if (operation === 'filters') {
          return () => kernels.conv2dFilterGradient(x, y, w, rows, geometry);
        }
        return () => kernels.conv2dInputGradient(y, w, x, rows, geometry);
      },
    }),
};

function taskOf(layer: Layer, { operation, density }: Operation): Convolution {
  const { rows, size, channels, filters, pad } = layer;
  const places = size + 2 * pad - KERNEL + 1;
  const sparse = density < 1 ? ', sparse' : '';
  return {
    title: `${operation}${sparse} ${rows}×${size}×${size}×${channels} → ${places}×${places}×${filters}`,
    operations: 2 * rows * places ** 2 * KERNEL ** 2 * channels * filters,
    kernel: KERNEL,
    places,
    ...layer,
    ...({ operation, density } as Operation),
  };
}

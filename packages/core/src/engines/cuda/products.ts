import type { Arithmetic, Pointer } from '../kernels.ts';
import type { ConvolutionKernels } from '../kernels/convolution.ts';
import { type ProductName, productEntry, tilesOf } from './entries.ts';
import { extentsIn } from './extents.ts';
import { Launcher } from './launcher.ts';
import type { Endings } from './endings.ts';
import type { PendingLaunch } from './launches.ts';
import type { Scratch } from './scratch.ts';
import { blocksOf, chooseTile } from './tiles.ts';

const TILE_THREADS = 128;

/** Bytes of a filter gradient's partial sums that are held at a time, for one trial. */
const PARTIAL_BYTES = 1 << 26;

const extentsOf = extentsIn('convolution_geometry');

type Dense = Pick<Arithmetic, 'matmul' | 'matmulInputGradient' | 'matmulWeightGradient'>;
/** Matrix products and convolutions. */
export function productKernels(
  launcher: Launcher,
  scratch: Scratch,
  endings: Endings,
): Dense & Omit<ConvolutionKernels, 'conv2dBiasGradient'> {
  function product(
    name: ProductName,
    output: { rows: number; columns: number; copies?: number },
    arrays: { pointers: readonly Pointer[]; extents: readonly number[] },
    values: readonly number[],
  ): PendingLaunch | null {
    const { rows, columns, copies = 1 } = output;
    if (rows * columns * copies === 0) return null;
    const all = { rows, columns, copies: copies * launcher.trials };
    const tile = launcher.tile ?? chooseTile(tilesOf(name), all, launcher.processors);
    const byFours = Launcher.byFours(arrays.pointers, arrays.extents);
    const grid = {
      x: blocksOf(tile, rows, columns),
      y: copies,
      threads: TILE_THREADS,
    };
    return launcher.launch(productEntry(name, tile, byFours), grid, values);
  }

  /** Launches a product whose last two arguments say what is done to its output, and leaves it open. */
  function open(
    name: ProductName,
    output: { out: Pointer; rows: number; columns: number },
    arrays: { pointers: readonly Pointer[]; extents: readonly number[] },
    values: readonly number[],
  ): void {
    const { out, rows, columns } = output;
    const launch = product(name, output, arrays, [...values, out, 0]);
    endings.offer(launch && { launch, out, rows, columns, besideIndex: values.length });
  }

  return {
    matmul(a, b, c, m, k, n) {
      const arrays = { pointers: [a, b, c], extents: [k, n] };
      open('matmul', { out: c, rows: m, columns: n }, arrays, [a, b, c, m, k, n]);
    },
    matmulInputGradient(dy, w, dx, m, k, n) {
      const arrays = { pointers: [dy, w, dx], extents: [k, n] };
      const output = { out: dx, rows: m, columns: k };
      open('matmulInputGradient', output, arrays, [dy, w, dx, m, k, n]);
    },
    matmulWeightGradient(x, dy, dw, m, k, n) {
      const arrays = { pointers: [x, dy, dw], extents: [k, n] };
      product('matmulWeightGradient', { rows: k, columns: n }, arrays, [x, dy, dw, m, k, n]);
    },
    conv2d(x, w, y, rows, geometry) {
      const { channels, filters, outHeight, outWidth } = geometry;
      const arrays = { pointers: [x, w, y], extents: [channels, filters] };
      const output = { out: y, rows: rows * outHeight * outWidth, columns: filters };
      open('conv2d', output, arrays, [x, w, y, rows, ...extentsOf(geometry)]);
    },
    conv2dInputGradient(dy, w, dx, rows, geometry) {
      const { channels, filters, height, width } = geometry;
      const arrays = { pointers: [dy, w, dx], extents: [channels, filters] };
      const output = { out: dx, rows: rows * height * width, columns: channels };
      open('conv2dInputGradient', output, arrays, [dy, w, dx, rows, ...extentsOf(geometry)]);
    },
    conv2dFilterGradient(x, dy, dw, rows, geometry) {
      const { channels, filters } = geometry;
      const taps = geometry.kernelHeight * geometry.kernelWidth * channels;
      const length = taps * filters;
      if (length === 0) return;
      const most = Math.max(1, Math.min(65_535, Math.floor(PARTIAL_BYTES / (4 * length))));
      const partial = scratch.atLeast(4 * length * Math.max(1, Math.min(most, rows)));
      const arrays = {
        pointers: [x, dy, partial],
        extents: [channels, filters],
      };
      for (let first = 0; first === 0 || first < rows; first += most) {
        const examples = Math.min(most, rows - first);
        const output = { rows: taps, columns: filters, copies: examples };
        const values = [x, dy, partial, first, rows, ...extentsOf(geometry)];
        product('conv2dFilterGradient', output, arrays, values);
        const onward = first > 0 ? 1 : 0;
        launcher.elements('exampleSums', length, [partial, dw, examples, length, onward, 1]);
      }
    },
  };
}

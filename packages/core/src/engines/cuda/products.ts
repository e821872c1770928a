import type { Arithmetic, Pointer } from '../kernels.ts';
import type { ConvolutionKernels } from '../kernels/convolution.ts';
import { type ProductName, productEntry, tilesOf } from './entries.ts';
import { extentsIn } from './extents.ts';
import { Launcher } from './launcher.ts';
import type { PendingLaunch } from './launches.ts';
import type { Scratch } from './scratch.ts';
import { blocksOf, chooseTile } from './tiles.ts';

const TILE_THREADS = 128;

/** What a product does to its sums before it stores them, as `tile.cuh` has it. */
const BIAS = 1;
const RELU = 2;

/** Bytes of a filter gradient's partial sums that are held at a time, for one trial. */
const PARTIAL_BYTES = 1 << 26;

const extentsOf = extentsIn('convolution_geometry');

/** A product that was launched last and has not left yet: a bias or a relu on its output can still join it. */
interface Joinable {
  readonly launch: PendingLaunch;
  readonly out: Pointer;
  readonly rows: number;
  readonly columns: number;
  readonly biasIndex: number;
}

type Dense = Pick<Arithmetic, 'matmul' | 'matmulInputGradient' | 'matmulWeightGradient'>;
type Endings = Pick<Arithmetic, 'addBias' | 'relu'>;

/** Matrix products and convolutions, and the bias and relu that may follow them in the same launch. */
export function productKernels(
  launcher: Launcher,
  scratch: Scratch,
): Dense & Omit<ConvolutionKernels, 'conv2dBiasGradient'> & Endings {
  let joinable: Joinable | null = null;

  function product(
    name: ProductName,
    output: { rows: number; columns: number; copies?: number },
    arrays: { pointers: readonly Pointer[]; extents: readonly number[] },
    values: readonly number[],
  ): PendingLaunch | null {
    const { rows, columns, copies = 1 } = output;
    if (rows * columns * copies === 0) return null;
    const all = { rows, columns, copies: copies * launcher.trials };
    const tile = chooseTile(tilesOf(name), all, launcher.processors);
    const byFours = Launcher.byFours(arrays.pointers, arrays.extents);
    const grid = {
      x: blocksOf(tile, rows, columns),
      y: copies,
      threads: TILE_THREADS,
    };
    return launcher.launch(productEntry(name, tile, byFours), grid, values);
  }

  /** The joinable product whose output this is, if nothing was launched since. */
  function joinableAt(out: Pointer, length: number): Joinable | null {
    if (joinable === null || joinable.launch.number !== launcher.launches.last) return null;
    const { rows, columns } = joinable;
    return joinable.out === out && rows * columns === length ? joinable : null;
  }

  function join({ launch, biasIndex }: Joinable, ending: number): void {
    const { launches } = launcher;
    launches.setArgument(launch, biasIndex + 1, launches.argument(launch, biasIndex + 1) + ending);
  }

  return {
    matmul(a, b, c, m, k, n) {
      const arrays = { pointers: [a, b, c], extents: [k, n] };
      const values = [a, b, c, m, k, n, c, 0];
      const launch = product('matmul', { rows: m, columns: n }, arrays, values);
      joinable = launch && {
        launch,
        out: c,
        rows: m,
        columns: n,
        biasIndex: 6,
      };
    },
    matmulInputGradient(dy, w, dx, m, k, n) {
      const arrays = { pointers: [dy, w, dx], extents: [k, n] };
      product('matmulInputGradient', { rows: m, columns: k }, arrays, [dy, w, dx, m, k, n]);
    },
    matmulWeightGradient(x, dy, dw, m, k, n) {
      const arrays = { pointers: [x, dy, dw], extents: [k, n] };
      product('matmulWeightGradient', { rows: k, columns: n }, arrays, [x, dy, dw, m, k, n]);
    },
    conv2d(x, w, y, rows, geometry) {
      const { channels, filters } = geometry;
      const places = rows * geometry.outHeight * geometry.outWidth;
      const arrays = { pointers: [x, w, y], extents: [channels, filters] };
      const values = [x, w, y, rows, ...extentsOf(geometry), y, 0];
      const launch = product('conv2d', { rows: places, columns: filters }, arrays, values);
      joinable = launch && {
        launch,
        out: y,
        rows: places,
        columns: filters,
        biasIndex: 16,
      };
    },
    conv2dInputGradient(dy, w, dx, rows, geometry) {
      const { channels, filters } = geometry;
      const pixels = rows * geometry.height * geometry.width;
      const arrays = { pointers: [dy, w, dx], extents: [channels, filters] };
      const output = { rows: pixels, columns: channels };
      const values = [dy, w, dx, rows, ...extentsOf(geometry)];
      product('conv2dInputGradient', output, arrays, values);
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
    addBias(x, bias, y, rows, columns) {
      const open = x === y ? joinableAt(x, rows * columns) : null;
      if (open !== null && open.columns === columns && hasEndings(open, 0)) {
        const place = launcher.memory.resolve(bias);
        launcher.launches.setArgument(open.launch, open.biasIndex, place);
        join(open, BIAS);
        return;
      }
      launcher.elements('addBias', rows * columns, [x, bias, y, rows, columns]);
    },
    relu(x, y, length) {
      const open = x === y ? joinableAt(x, length) : null;
      if (open !== null && (hasEndings(open, 0) || hasEndings(open, BIAS))) join(open, RELU);
      else launcher.elements('relu', length, [x, y, length]);
    },
  };

  function hasEndings({ launch, biasIndex }: Joinable, endings: number): boolean {
    return launcher.launches.argument(launch, biasIndex + 1) === endings;
  }
}

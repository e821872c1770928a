import type { ConvolutionGeometry } from '../kernels/convolution.ts';
import type { PaddingGeometry } from '../kernels/images.ts';
import type { PoolingGeometry } from '../kernels/pooling.ts';
import type { Kernels, Pointer } from '../kernels.ts';
import { type KernelName, type ParameterType, SIGNATURES } from '../signatures.ts';
import type { ProductName } from './entries.ts';

/** One call of a kernel on made-up arrays. */
export interface TestCall {
  /** Words behind each pointer. */
  readonly lengths: readonly number[];
  /** The arguments after the pointers. */
  readonly rest: readonly (number | ConvolutionGeometry | PoolingGeometry | PaddingGeometry)[];
  /** Integer arrays hold 0 … below − 1. */
  readonly below?: number;
  /**
   * What is done next, at once, to the array behind the last pointer; `more` is an array of so many floats. On a GPU it
   * becomes part of the same launch.
   */
  readonly after?: {
    readonly more: number;
    readonly run: (kernels: Kernels, out: Pointer, more: Pointer) => void;
  };
  /** Pointers to arrays of which the sign is taken off, as averages of squares. */
  readonly positive?: readonly number[];
}

const LENGTH = 300;
const [ROWS, COLUMNS] = [7, 11];
const CELLS = ROWS * COLUMNS;

/** What a kernel's numbers are where only its length or its rows and columns matter: floats between 0 and 1. */
const FLOATS = [0.25, 0.9, 0.75, 0.125, 0.5, 0.0625];

const CONVOLUTIONS: readonly (ConvolutionGeometry & {
  readonly rows: number;
})[] = [
  convolution({
    rows: 3,
    side: 9,
    channels: 8,
    filters: 68,
    stride: 1,
    pad: 0,
  }),
  convolution({
    rows: 2,
    side: 9,
    channels: 3,
    filters: 67,
    stride: 2,
    pad: 1,
  }),
  convolution({ rows: 2, side: 8, channels: 1, filters: 5, stride: 1, pad: 1 }),
];

function convolution(given: {
  rows: number;
  side: number;
  channels: number;
  filters: number;
  stride: number;
  pad: number;
}): ConvolutionGeometry & { readonly rows: number } {
  const { rows, side, channels, filters, stride, pad } = given;
  const places = Math.floor((side + 2 * pad - 3) / stride) + 1;
  return {
    rows,
    height: side,
    width: side,
    channels,
    filters,
    kernelHeight: 3,
    kernelWidth: 3,
    strideY: stride,
    strideX: stride,
    padTop: pad,
    padLeft: pad,
    outHeight: places,
    outWidth: places,
  };
}

/** The products: shapes that cross every tile's border, read in fours and one by one. */
export const PRODUCT_CALLS: Readonly<Partial<Record<KernelName, readonly TestCall[]>>> &
  Readonly<Record<ProductName, readonly TestCall[]>> = {
  matmul: dense((m, k, n) => [m * k, k * n, m * n]).map((call) => {
    const [rows, , columns] = call.rest as readonly [number, number, number];
    return { ...call, after: biasAndRelu(rows, columns) };
  }),
  matmulInputGradient: dense((m, k, n) => [m * n, k * n, m * k]).map(gated),
  matmulWeightGradient: dense((m, k, n) => [m * k, m * n, k * n]),
  conv2d: CONVOLUTIONS.map((g) => ({
    ...convolved(g, ['x', 'w', 'y']),
    after: biasAndRelu(g.rows * g.outHeight * g.outWidth, g.filters),
  })),
  conv2dInputGradient: CONVOLUTIONS.map((g) => gated(convolved(g, ['y', 'w', 'x']))),
  conv2dFilterGradient: CONVOLUTIONS.map((g) => convolved(g, ['x', 'y', 'w'])),
};

function biasAndRelu(rows: number, columns: number): NonNullable<TestCall['after']> {
  return {
    more: columns,
    run(kernels, out, bias) {
      kernels.addBias(out, bias, out, rows, columns);
      kernels.relu(out, out, rows * columns);
    },
  };
}

/** A call whose output goes through the gradient of a relu. */
function gated(call: TestCall): TestCall {
  const length = call.lengths.at(-1) ?? 0;
  const run = (kernels: Kernels, out: Pointer, gate: Pointer): void =>
    kernels.reluGradient(gate, out, out, length);
  return { ...call, after: { more: length, run } };
}

function dense(lengths: (m: number, k: number, n: number) => number[]): TestCall[] {
  const shapes: readonly (readonly [number, number, number])[] = [
    [132, 140, 68],
    [131, 37, 67],
  ];
  return shapes.map(([m, k, n]) => ({
    lengths: lengths(m, k, n),
    rest: [m, k, n],
  }));
}

function convolved(
  { rows, ...g }: ConvolutionGeometry & { readonly rows: number },
  arrays: readonly ('x' | 'w' | 'y')[],
): TestCall {
  const sizes = {
    x: rows * g.height * g.width * g.channels,
    w: g.kernelHeight * g.kernelWidth * g.channels * g.filters,
    y: rows * g.outHeight * g.outWidth * g.filters,
  };
  return { lengths: arrays.map((array) => sizes[array]), rest: [rows, g] };
}

const POOLING: PoolingGeometry = {
  height: 7,
  width: 6,
  channels: 5,
  poolHeight: 3,
  poolWidth: 2,
  strideY: 2,
  strideX: 1,
  padTop: 1,
  padLeft: 0,
  outHeight: 4,
  outWidth: 5,
};
const [POOL_IN, POOL_OUT] = [2 * 7 * 6 * 5, 2 * 4 * 5 * 5];

const PADDING: PaddingGeometry = {
  height: 4,
  width: 3,
  channels: 5,
  top: 1,
  left: 2,
  outHeight: 7,
  outWidth: 6,
};
const [PAD_IN, PAD_OUT] = [2 * 4 * 3 * 5, 2 * 7 * 6 * 5];

const POSITIONS = 9;
const IMAGES = ROWS * POSITIONS * COLUMNS;

/** Calls of kernels that are neither products nor told by their signature. */
const SPECIAL: Readonly<Partial<Record<KernelName, TestCall>>> = {
  addBias: { lengths: [CELLS, COLUMNS, CELLS], rest: [ROWS, COLUMNS] },
  biasGradient: { lengths: [CELLS, COLUMNS], rest: [ROWS, COLUMNS] },
  softmax: { lengths: [CELLS, CELLS], rest: [ROWS, COLUMNS] },
  softmaxGradient: { lengths: [CELLS, CELLS, CELLS], rest: [ROWS, COLUMNS] },
  softmaxCrossentropyGradient: {
    lengths: [CELLS, ROWS, CELLS],
    rest: [ROWS, COLUMNS, 0.25],
    below: COLUMNS,
  },
  squaredErrorGradient: {
    lengths: [CELLS, ROWS, CELLS],
    rest: [ROWS, COLUMNS, 0.25],
    below: COLUMNS,
  },
  absoluteErrorGradient: {
    lengths: [CELLS, ROWS, CELLS],
    rest: [ROWS, COLUMNS, 0.25],
    below: COLUMNS,
  },
  smoothedCrossentropy: {
    lengths: [CELLS, ROWS, ROWS],
    rest: [ROWS, COLUMNS, 0.125],
    below: COLUMNS,
  },
  smoothedCrossentropyGradient: {
    lengths: [CELLS, ROWS, CELLS],
    rest: [ROWS, COLUMNS, 0.25, 0.125],
    below: COLUMNS,
  },
  tiedMaximumGradient: {
    lengths: [IMAGES, CELLS, CELLS, IMAGES],
    rest: [ROWS, POSITIONS, COLUMNS],
  },
  argmax: { lengths: [CELLS, ROWS], rest: [ROWS, COLUMNS] },
  scaleRows: { lengths: [CELLS, ROWS, CELLS], rest: [ROWS, COLUMNS] },
  philox: { lengths: [LENGTH], rest: [LENGTH, 0xdeadbeef, 7, 3] },
  uniform: { lengths: [LENGTH], rest: [LENGTH, 5, 0xffffffff, 9, -0.3, 0.7] },
  dropoutMask: { lengths: [LENGTH], rest: [LENGTH, 1, 2, 3, 0.4] },
  gather: { lengths: [200, ROWS, 256, ROWS * 20], rest: [ROWS, 20], below: 10 },
  transformImages: { lengths: [2 * 60, 12, 2 * 60], rest: [2, 5, 4, 3] },
  conv2dBiasGradient: {
    lengths: [IMAGES, COLUMNS],
    rest: [ROWS, POSITIONS, COLUMNS],
  },
  batchMoments: {
    lengths: [IMAGES, COLUMNS, COLUMNS],
    rest: [ROWS, POSITIONS, COLUMNS],
  },
  batchNormalize: {
    lengths: [CELLS, COLUMNS, COLUMNS, COLUMNS, COLUMNS, CELLS],
    rest: [ROWS, COLUMNS, 0.001],
    positive: [4],
  },
  batchNormalizeGradient: {
    lengths: [IMAGES, IMAGES, COLUMNS, COLUMNS, COLUMNS, IMAGES, COLUMNS, COLUMNS],
    rest: [ROWS, POSITIONS, COLUMNS, 0.001],
    positive: [4],
  },
  log: { lengths: [LENGTH, LENGTH], rest: [LENGTH], positive: [0] },
  sqrt: { lengths: [LENGTH, LENGTH], rest: [LENGTH], positive: [0] },
  weightNorms: { lengths: [LENGTH, 2], rest: [LENGTH] },
  maxPool: { lengths: [POOL_IN, POOL_OUT, POOL_OUT], rest: [2, POOLING] },
  maxPoolGradient: gated({
    lengths: [POOL_OUT, POOL_OUT, POOL_IN],
    rest: [2, POOLING],
    below: 6,
  }),
  averagePool: { lengths: [POOL_IN, POOL_OUT], rest: [2, POOLING] },
  averagePoolGradient: { lengths: [POOL_OUT, POOL_IN], rest: [2, POOLING] },
  zeroPad: { lengths: [PAD_IN, PAD_OUT], rest: [2, PADDING] },
  zeroPadGradient: { lengths: [PAD_OUT, PAD_IN], rest: [2, PADDING] },
};

/** The calls by which a kernel is held to another engine's. */
export function callsOf(name: KernelName): readonly TestCall[] {
  const product = PRODUCT_CALLS[name];
  if (product !== undefined) return product;
  const special = SPECIAL[name];
  if (special !== undefined) return [special];
  const types: readonly ParameterType[] = SIGNATURES[name];
  const pointers = types.filter((type) => type.endsWith('*'));
  if (pointers.includes('const int32_t*')) {
    return [{ lengths: [CELLS, ROWS, ROWS], rest: [ROWS, COLUMNS], below: COLUMNS }];
  }
  // The length, then the kernel's own numbers; averages of squares come after the weights and the gradient.
  let floats = 0;
  const rest = types
    .slice(pointers.length)
    .map((type, index) => (index === 0 ? LENGTH : type === 'float' ? (FLOATS[floats++] ?? 0) : 1));
  return [{ lengths: pointers.map(() => LENGTH), rest, positive: [2, 3] }];
}

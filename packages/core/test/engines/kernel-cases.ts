import fc from 'fast-check';
import type { KernelName } from '../../src/engines/signatures.ts';
import {
  convolutionLengths,
  convolutionNumbers,
  isPointwise,
  paddingLengths,
  paddingNumbers,
  poolingLengths,
  poolingNumbers,
} from './geometries.ts';

/** How a kernel is exercised: every kernel takes its pointers first, then its numbers, or its rows and a geometry. */
export interface KernelCase {
  readonly numbers: fc.Arbitrary<readonly number[]>;
  /** Length in elements of the array behind each pointer. */
  readonly lengths: (numbers: readonly number[]) => number[];
  /** Integer arrays hold values in [low, high). */
  readonly integers?: (numbers: readonly number[]) => readonly [low: number, high: number];
  /** Pointers to arrays for which infinities and NaN are beyond what the interface promises. */
  readonly finite?: (numbers: readonly number[]) => readonly number[];
  /** [input, output] pointers that may be one and the same. */
  readonly inPlace?: readonly (readonly [number, number])[];
}

const length = fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 700 }));
const size = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 150 }) },
);
const depth = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 250, max: 530 }) },
);
const word = fc.nat({ max: 0xffffffff });
const rate = fc.constantFrom(0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.999);
const small = fc.constantFrom(1e-8, 1e-7, 1e-6, 0);
const anyFloat = fc.float({ noNaN: true });

const at = (numbers: readonly number[], index: number): number => numbers[index] ?? 0;
const product = (numbers: readonly number[]): number => at(numbers, 0) * at(numbers, 1);

/** `count` arrays of numbers[0] elements. */
const arrays = (count: number) => (numbers: readonly number[]) =>
  Array.from({ length: count }, () => at(numbers, 0));

const oneLength = fc.tuple(length);
const rowCount = fc.integer({ min: 0, max: 9 });
const rowsAndColumns = fc.tuple(rowCount, size);
/** One label too low and one too high are among them. */
const labels = (numbers: readonly number[]) => [-1, at(numbers, 1) + 1] as const;

function map(...more: fc.Arbitrary<number>[]): KernelCase {
  return {
    numbers: fc.tuple(length, ...more),
    lengths: arrays(2),
    inPlace: [[0, 1]],
  };
}

type Pairs = readonly (readonly [number, number])[];

function zipOf(inPlace: Pairs, ...more: fc.Arbitrary<number>[]): KernelCase {
  return { numbers: fc.tuple(length, ...more), lengths: arrays(3), inPlace };
}

function zip(...inPlace: Pairs): KernelCase {
  return zipOf(inPlace);
}

/** A convolution may count taps outside as products with zero, unless there are none. */
function rightFactor(numbers: readonly number[]): readonly number[] {
  return isPointwise(numbers) ? [] : [1];
}

function loss(): KernelCase {
  return {
    numbers: rowsAndColumns,
    lengths: (numbers) => [product(numbers), at(numbers, 0), at(numbers, 0)],
    integers: labels,
  };
}

function lossGradient(): KernelCase {
  return {
    numbers: fc.tuple(rowCount, size, anyFloat),
    lengths: (numbers) => [product(numbers), at(numbers, 0), product(numbers)],
    integers: labels,
    inPlace: [[0, 2]],
  };
}

function rowsPositionsColumns(...more: fc.Arbitrary<number>[]): fc.Arbitrary<readonly number[]> {
  return fc.tuple(rowCount, fc.integer({ min: 0, max: 9 }), size, ...more);
}

/** `count` arrays of one row each. */
function columnArrays(count: number, numbers: readonly number[]): number[] {
  return Array.from({ length: count }, () => at(numbers, 1));
}

function drawn(...more: fc.Arbitrary<number>[]): KernelCase {
  return {
    numbers: fc.tuple(length, word, word, word, ...more),
    lengths: arrays(1),
  };
}

function optimizer(count: number, ...numbers: fc.Arbitrary<number>[]): KernelCase {
  return {
    numbers: fc.tuple(length, ...numbers),
    lengths: arrays(count),
  };
}

export const KERNEL_CASES: { readonly [Name in KernelName]: KernelCase } = {
  matmul: {
    numbers: fc.tuple(size, depth, size),
    lengths: ([m = 0, k = 0, n = 0]) => [m * k, k * n, m * n],
  },
  matmulInputGradient: {
    numbers: fc.tuple(size, size, depth),
    lengths: ([m = 0, k = 0, n = 0]) => [m * n, k * n, m * k],
  },
  matmulWeightGradient: {
    numbers: fc.tuple(depth, size, size),
    lengths: ([m = 0, k = 0, n = 0]) => [m * k, m * n, k * n],
  },
  addBias: {
    numbers: rowsAndColumns,
    lengths: (numbers) => [product(numbers), at(numbers, 1), product(numbers)],
    inPlace: [[0, 2]],
  },
  biasGradient: {
    numbers: rowsAndColumns,
    lengths: (numbers) => [product(numbers), at(numbers, 1)],
  },
  relu: map(),
  reluGradient: zip([1, 2]),
  sigmoid: map(),
  sigmoidGradient: zip([1, 2]),
  tanh: map(),
  tanhGradient: zip([1, 2]),
  softmax: {
    numbers: rowsAndColumns,
    lengths: (numbers) => [product(numbers), product(numbers)],
    inPlace: [[0, 1]],
  },
  softmaxGradient: {
    numbers: rowsAndColumns,
    lengths: (numbers) => [product(numbers), product(numbers), product(numbers)],
    inPlace: [[1, 2]],
  },
  exp: map(),
  log: map(),
  sin: map(),
  sqrt: map(),
  softmaxCrossentropy: loss(),
  softmaxCrossentropyGradient: lossGradient(),
  squaredError: loss(),
  squaredErrorGradient: lossGradient(),
  argmax: {
    numbers: rowsAndColumns,
    lengths: (numbers) => [product(numbers), at(numbers, 0)],
    integers: labels,
  },
  sgd: optimizer(3, anyFloat, rate, fc.constantFrom(0, 1)),
  rmsprop: optimizer(3, anyFloat, rate, small),
  adam: optimizer(4, anyFloat, rate, rate, small),
  adadelta: optimizer(4, anyFloat, rate, small),
  philox: drawn(),
  uniform: drawn(anyFloat, anyFloat),
  dropoutMask: drawn(rate),
  multiply: zip([0, 2], [1, 2]),
  gather: {
    numbers: rowsAndColumns,
    lengths: (numbers) => [5 * at(numbers, 1), at(numbers, 0), 256, product(numbers)],
    integers: () => [0, 5],
  },
  countNonFinite: { numbers: oneLength, lengths: arrays(1) },
  conv2d: {
    numbers: convolutionNumbers,
    lengths: convolutionLengths,
    finite: rightFactor,
  },
  conv2dInputGradient: {
    numbers: convolutionNumbers,
    lengths(numbers) {
      const [images, weights, outputs] = convolutionLengths(numbers);
      return [outputs, weights, images];
    },
    finite: rightFactor,
  },
  conv2dFilterGradient: {
    numbers: convolutionNumbers,
    lengths(numbers) {
      const [images, weights, outputs] = convolutionLengths(numbers);
      return [images, outputs, weights];
    },
    finite: rightFactor,
  },
  conv2dBiasGradient: {
    numbers: rowsPositionsColumns(),
    lengths: ([rows = 0, positions = 0, columns = 0]) => [rows * positions * columns, columns],
  },
  maxPool: {
    numbers: poolingNumbers,
    lengths(numbers) {
      const [images, outputs] = poolingLengths(numbers);
      return [images, outputs, outputs];
    },
  },
  maxPoolGradient: {
    numbers: poolingNumbers,
    lengths(numbers) {
      const [images, outputs] = poolingLengths(numbers);
      return [outputs, outputs, images];
    },
    integers: (numbers) => [-1, at(numbers, 4) * at(numbers, 5) + 1],
  },
  averagePool: { numbers: poolingNumbers, lengths: poolingLengths },
  averagePoolGradient: {
    numbers: poolingNumbers,
    lengths: (numbers) => poolingLengths(numbers).toReversed(),
  },
  zeroPad: { numbers: paddingNumbers, lengths: paddingLengths },
  zeroPadGradient: {
    numbers: paddingNumbers,
    lengths: (numbers) => paddingLengths(numbers).toReversed(),
  },
  batchMoments: {
    numbers: rowsPositionsColumns(),
    lengths: ([rows = 0, positions = 0, columns = 0]) => [
      rows * positions * columns,
      columns,
      columns,
    ],
  },
  batchNormalize: {
    numbers: fc.tuple(rowCount, size, small),
    lengths: (numbers) => [product(numbers), ...columnArrays(4, numbers), product(numbers)],
    inPlace: [[0, 5]],
  },
  batchNormalizeGradient: {
    numbers: rowsPositionsColumns(small),
    lengths([rows = 0, positions = 0, columns = 0]) {
      const images = rows * positions * columns;
      return [images, images, columns, columns, columns, images, columns, columns];
    },
    inPlace: [[1, 5]],
  },
  movingAverage: { numbers: fc.tuple(length, rate), lengths: arrays(2) },
  leakyRelu: map(rate),
  leakyReluGradient: zipOf([[1, 2]], rate),
  clippedRelu: map(anyFloat),
  clippedReluGradient: zipOf([[1, 2]], anyFloat),
  elu: map(anyFloat),
  eluGradient: zipOf([[1, 2]], anyFloat),
  selu: map(),
  seluGradient: zip([1, 2]),
  softplus: map(),
  softplusGradient: zip([1, 2]),
  softsign: map(),
  softsignGradient: zip([1, 2]),
  hardSigmoid: map(),
  hardSigmoidGradient: zip([1, 2]),
  swish: map(),
  swishGradient: zip([1, 2]),
  gelu: map(),
  geluGradient: zip([1, 2]),
  sigmoidCrossentropy: loss(),
  absoluteError: loss(),
  absoluteErrorGradient: lossGradient(),
  scaleRows: {
    numbers: rowsAndColumns,
    lengths: (numbers) => [product(numbers), at(numbers, 0), product(numbers)],
    inPlace: [[0, 2]],
  },
  rmspropInside: optimizer(5, anyFloat, rate, rate, small, fc.constantFrom(0, 1)),
  nadam: optimizer(4, anyFloat, anyFloat, anyFloat, rate, rate, small),
  adamax: optimizer(4, anyFloat, rate, rate, small),
  adagrad: optimizer(3, anyFloat, small, fc.constantFrom(0, 1)),
  decayWeights: optimizer(1, anyFloat),
  generalAdam: optimizer(
    5,
    anyFloat,
    rate,
    rate,
    rate,
    rate,
    fc.constantFrom(1, 0.5, 0.03),
    small,
    fc.constantFrom(0, 1),
  ),
  torchSgd: optimizer(3, anyFloat, rate, rate, fc.constantFrom(0, 1)),
  torchRmsprop: optimizer(5, anyFloat, rate, rate, rate, small, fc.constantFrom(0, 1)),
  scaleWithin: map(anyFloat, fc.constantFrom(0, 0.5, 1000, Infinity)),
  smoothedCrossentropy: { ...loss(), numbers: fc.tuple(rowCount, size, rate) },
  smoothedCrossentropyGradient: {
    ...lossGradient(),
    numbers: fc.tuple(rowCount, size, anyFloat, rate),
  },
  tiedMaximumGradient: {
    numbers: rowsPositionsColumns(),
    lengths: ([rows = 0, positions = 0, columns = 0]) => [
      rows * positions * columns,
      rows * columns,
      rows * columns,
      rows * positions * columns,
    ],
  },
  regularize: optimizer(2, anyFloat, anyFloat),
  weightNorms: {
    numbers: oneLength,
    lengths: (numbers) => [at(numbers, 0), 2],
  },
  transformImages: {
    numbers: fc.tuple(...[0, 1, 1, 1].map((min) => fc.integer({ min, max: 9 }))),
    lengths([rows = 0, height = 0, width = 0, channels = 0]) {
      const images = rows * height * width * channels;
      return [images, 6 * rows, images];
    },
  },
};

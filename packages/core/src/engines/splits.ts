import type { KernelName } from './signatures.ts';

/**
 * How a call is shared among threads, as expressions in C over its parameters `a0`, `a1`, …: no sum is ever split, only
 * who computes which outputs.
 */
export type Split = SliceSplit | PartSplit;

/** Each thread calls the kernel on some of the rows or elements. */
interface SliceSplit {
  readonly kind: 'slices';
  /** The parameter that says how many there are. */
  readonly over: number;
  /** So many at a time stay together. */
  readonly grain: number;
  /** For each array of the call how far one row or element goes on in it; 0 for one that everybody sees whole. */
  readonly steps: readonly string[];
  readonly work: string;
}

/** Each thread calls the kernel's part, `<kernel>Part`, which takes the number of the part and how many there are. */
interface PartSplit {
  readonly kind: 'parts';
  readonly work: string;
}

/**
 * The work of one value that is read or written is 1, about 0.1 ns; of a multiply-add of a product 1/12. It decides
 * whether a call is worth waking threads for: by its size alone, never by a clock.
 */
const PRODUCT = '/ 12.0';
/** A value whose exponential or logarithm is taken, or whose random number is drawn. */
const SMOOTH = 12;
const DIVIDED = 4;

/** Elements that stay together: no two threads write to one line of the cache. */
const ELEMENTS = 64;

const elements = (arrays: number, cost = 1, over = arrays): SliceSplit => ({
  kind: 'slices',
  over,
  grain: ELEMENTS,
  steps: Array.from({ length: arrays }, () => '1'),
  work: `a${over} * ${cost}.0`,
});

const rows = (over: number, steps: readonly string[], work: string): SliceSplit => ({
  kind: 'slices',
  over,
  grain: 1,
  steps,
  work: `(double)a${over} * ${work}`,
});

/** Rows of a matrix: arrays of `columns` values a row, and those of one. */
const matrixRows = (
  over: number,
  arrays: readonly ('row' | 'one' | 'whole')[],
  cost = 1,
): SliceSplit => {
  const columns = `a${over + 1}`;
  const steps = { row: columns, one: '1', whole: '0' };
  return rows(
    over,
    arrays.map((array) => steps[array]),
    `${columns} * ${cost}.0`,
  );
};

const parts = (work: string): PartSplit => ({ kind: 'parts', work });

const loss = (cost: number): SliceSplit => matrixRows(3, ['row', 'one', 'one'], cost);
const lossGradient = (cost: number): SliceSplit => matrixRows(3, ['row', 'one', 'row'], cost);

const IMAGE = (g: string): string => `(size_t)${g}->height * ${g}->width * ${g}->channels`;
const PLACES = (g: string): string => `(size_t)${g}->outHeight * ${g}->outWidth`;
const FILTERED = `${PLACES('a4')} * a4->filters`;
const CONVOLUTION = `${FILTERED} * a4->kernelHeight * a4->kernelWidth * a4->channels`;
const POOLED = (g: string): string => `${PLACES(g)} * ${g}->channels`;
const POOLING = (g: string): string => `${POOLED(g)} * ${g}->poolHeight * ${g}->poolWidth`;

/** A kernel that is not here is always done by the thread that calls it. */
export const SPLITS: { readonly [Name in KernelName]?: Split } = {
  matmul: parts(`(double)a3 * a4 * a5 ${PRODUCT}`),
  matmulInputGradient: parts(`(double)a3 * a4 * a5 ${PRODUCT}`),
  matmulWeightGradient: parts(`(double)a3 * a4 * a5 ${PRODUCT}`),
  addBias: matrixRows(3, ['row', 'whole', 'row']),
  biasGradient: parts('(double)a2 * a3'),
  relu: elements(2),
  reluGradient: elements(3),
  sigmoid: elements(2, SMOOTH),
  sigmoidGradient: elements(3),
  tanh: elements(2, SMOOTH),
  tanhGradient: elements(3),
  softmax: matrixRows(2, ['row', 'row'], SMOOTH),
  softmaxGradient: matrixRows(3, ['row', 'row', 'row'], DIVIDED),
  exp: elements(2, SMOOTH),
  log: elements(2, SMOOTH),
  sin: elements(2, SMOOTH),
  sqrt: elements(2, DIVIDED),
  softmaxCrossentropy: loss(SMOOTH),
  softmaxCrossentropyGradient: lossGradient(SMOOTH),
  squaredError: loss(DIVIDED),
  squaredErrorGradient: lossGradient(DIVIDED),
  argmax: matrixRows(2, ['row', 'one'], DIVIDED),
  sgd: elements(3),
  rmsprop: elements(3, DIVIDED),
  adam: elements(4, DIVIDED),
  adadelta: elements(4, DIVIDED),
  dropoutMask: parts(`a1 * ${SMOOTH}.0`),
  multiply: elements(3),
  gather: rows(4, ['0', '1', '0', 'a5'], 'a5 * 4.0'),
  conv2d: rows(3, [IMAGE('a4'), '0', FILTERED], `${CONVOLUTION} ${PRODUCT}`),
  conv2dInputGradient: rows(3, [FILTERED, '0', IMAGE('a4')], `${CONVOLUTION} ${PRODUCT}`),
  conv2dFilterGradient: parts(`(double)a3 * ${CONVOLUTION} ${PRODUCT}`),
  conv2dBiasGradient: parts('(double)a2 * a3 * a4'),
  maxPool: rows(3, [IMAGE('a4'), POOLED('a4'), POOLED('a4')], POOLING('a4')),
  maxPoolGradient: rows(3, [POOLED('a4'), POOLED('a4'), IMAGE('a4')], POOLING('a4')),
  averagePool: rows(2, [IMAGE('a3'), POOLED('a3')], POOLING('a3')),
  averagePoolGradient: rows(2, [POOLED('a3'), IMAGE('a3')], POOLING('a3')),
  zeroPad: rows(
    2,
    [IMAGE('a3'), `${PLACES('a3')} * a3->channels`],
    `${PLACES('a3')} * a3->channels`,
  ),
  zeroPadGradient: rows(2, [`${PLACES('a3')} * a3->channels`, IMAGE('a3')], IMAGE('a3')),
  batchMoments: parts('(double)a3 * a4 * a5 * 2.0'),
  batchNormalize: matrixRows(6, ['row', 'whole', 'whole', 'whole', 'whole', 'row']),
  batchNormalizeGradient: parts('(double)a8 * a9 * a10 * 3.0'),
  leakyRelu: elements(2),
  leakyReluGradient: elements(3),
  clippedRelu: elements(2),
  clippedReluGradient: elements(3),
  elu: elements(2, SMOOTH),
  eluGradient: elements(3),
  selu: elements(2, SMOOTH),
  seluGradient: elements(3),
  softplus: elements(2, SMOOTH),
  softplusGradient: elements(3, SMOOTH),
  softsign: elements(2, DIVIDED),
  softsignGradient: elements(3, DIVIDED),
  hardSigmoid: elements(2),
  hardSigmoidGradient: elements(3),
  swish: elements(2, SMOOTH),
  swishGradient: elements(3, SMOOTH),
  gelu: elements(2, SMOOTH),
  geluGradient: elements(3, SMOOTH),
  sigmoidCrossentropy: loss(SMOOTH),
  absoluteError: loss(DIVIDED),
  absoluteErrorGradient: lossGradient(DIVIDED),
  scaleRows: matrixRows(3, ['row', 'one', 'row']),
  rmspropInside: elements(5, DIVIDED),
  nadam: elements(4, DIVIDED),
  adamax: elements(4, DIVIDED),
  adagrad: elements(3, DIVIDED),
  decayWeights: elements(1),
  generalAdam: elements(5, DIVIDED),
  torchSgd: elements(3),
  torchRmsprop: elements(5, DIVIDED),
  scaleWithin: elements(2),
  smoothedCrossentropy: loss(SMOOTH),
  smoothedCrossentropyGradient: lossGradient(SMOOTH),
  tiedMaximumGradient: rows(4, ['a5 * a6', 'a6', 'a6', 'a5 * a6'], 'a5 * a6 * 2.0'),
  regularize: elements(2),
  transformImages: rows(
    3,
    ['(size_t)a4 * a5 * a6', '6', '(size_t)a4 * a5 * a6'],
    '(size_t)a4 * a5 * a6 * 8.0',
  ),
};

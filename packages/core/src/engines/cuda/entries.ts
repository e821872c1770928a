import { type KernelName, type ParameterType, SIGNATURES } from '../signatures.ts';

/** The C kernels whose loop over independent elements or rows serves a GPU as it stands: one thread an index. */
export const SHARED_KERNELS = [
  'relu',
  'reluGradient',
  'sigmoid',
  'sigmoidGradient',
  'tanh',
  'tanhGradient',
  'softmaxGradient',
  'exp',
  'log',
  'sqrt',
  'softmaxCrossentropy',
  'softmaxCrossentropyGradient',
  'squaredError',
  'squaredErrorGradient',
  'argmax',
  'sgd',
  'rmsprop',
  'adam',
  'adadelta',
  'multiply',
  'leakyRelu',
  'leakyReluGradient',
  'clippedRelu',
  'clippedReluGradient',
  'elu',
  'eluGradient',
  'selu',
  'seluGradient',
  'softplus',
  'softplusGradient',
  'softsign',
  'softsignGradient',
  'hardSigmoid',
  'hardSigmoidGradient',
  'swish',
  'swishGradient',
  'gelu',
  'geluGradient',
  'sigmoidCrossentropy',
  'absoluteError',
  'absoluteErrorGradient',
  'scaleRows',
  'rmspropInside',
  'nadam',
  'adamax',
  'adagrad',
  'decayWeights',
  'generalAdam',
  'torchSgd',
  'torchRmsprop',
  'scaleWithin',
  'smoothedCrossentropy',
  'smoothedCrossentropyGradient',
  'tiedMaximumGradient',
  'regularize',
] as const satisfies readonly KernelName[];

export type SharedKernelName = (typeof SHARED_KERNELS)[number];

/** Kinds of a kernel's parameters after the arena, a letter each: p(ointer), u(int32), f(loat). */
function kindsOf(types: readonly ParameterType[]): string {
  return types.map((type) => (type.endsWith('*') ? 'p' : type === 'float' ? 'f' : 'u')).join('');
}

const DENSE_TILES = ['large', 'medium', 'little', 'small'] as const;
const CONVOLUTION_TILES = ['large', 'tall', 'narrow', 'small'] as const;
const FILTER_TILES = ['large', 'medium', 'narrow', 'slim', 'small'] as const;

/** The products, each compiled once for every tile it comes in, for single floats and for fours. */
const PRODUCTS = {
  matmul: { kinds: 'pppuuupu', tiles: DENSE_TILES },
  matmulInputGradient: { kinds: 'pppuuupu', tiles: DENSE_TILES },
  matmulWeightGradient: { kinds: 'pppuuu', tiles: DENSE_TILES },
  conv2d: { kinds: `ppp${'u'.repeat(13)}pu`, tiles: CONVOLUTION_TILES },
  conv2dInputGradient: {
    kinds: `ppp${'u'.repeat(13)}pu`,
    tiles: CONVOLUTION_TILES,
  },
  conv2dFilterGradient: { kinds: `pppu${'u'.repeat(13)}`, tiles: FILTER_TILES },
} as const;

export type ProductName = keyof typeof PRODUCTS;
export type TileName = (typeof PRODUCTS)[ProductName]['tiles'][number];

export function tilesOf(product: ProductName): readonly TileName[] {
  return PRODUCTS[product].tiles;
}

export function productEntry(product: ProductName, tile: TileName, byFours: boolean): string {
  return `${product}_${tile}${byFours ? '_by_fours' : ''}`;
}

/** The other kernels that are a GPU's own. */
const OWN = {
  addBias: 'pppuu',
  softmax: 'ppuu',
  sin: 'ppu',
  countNonFinite: 'ppu',
  gather: 'ppppuu',
  transformImages: 'pppuuuu',
  philox: 'pupu',
  uniform: 'pupuff',
  dropoutMask: 'pupuf',
  maxPool: `ppp${'u'.repeat(12)}`,
  maxPoolGradient: `ppp${'u'.repeat(12)}pu`,
  averagePool: `pp${'u'.repeat(12)}`,
  averagePoolGradient: `pp${'u'.repeat(12)}`,
  zeroPad: `pp${'u'.repeat(8)}`,
  zeroPadGradient: `pp${'u'.repeat(8)}`,
  biasGradient: 'ppuu',
  placeSums: 'ppuuu',
  distanceSums: 'pppuuu',
  normalSums: 'pppppuuuf',
  exampleSums: 'ppuuuf',
  batchNormalize: 'ppppppuuf',
  normalizeGradient: 'ppppppppuuff',
  movingAverage: 'ppuf',
  weightNorms: 'ppu',
} as const;

/** Every kernel in the PTX, without the prefix `labproof_`, with the kinds of its parameters. */
export const ENTRIES: ReadonlyMap<string, string> = new Map([
  ...SHARED_KERNELS.map((name): [string, string] => [name, kindsOf(SIGNATURES[name])]),
  ...Object.entries(OWN),
  ...Object.entries(PRODUCTS).flatMap(([product, { kinds, tiles }]) =>
    tiles.flatMap((tile) =>
      [false, true].map((byFours): [string, string] => [
        productEntry(product as ProductName, tile, byFours),
        kinds,
      ]),
    ),
  ),
]);

/** The place of a shared kernel's parameter that says how many threads it takes: its length, or its rows. */
export function countIndexOf(name: SharedKernelName): number {
  const types: readonly ParameterType[] = SIGNATURES[name];
  return types.indexOf('uint32_t');
}

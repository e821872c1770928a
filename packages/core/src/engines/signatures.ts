import type { GeometryType, GeometryTypeOf } from './geometries.ts';
import type { Arithmetic } from './kernels.ts';

/** C types that a kernel takes: pointers into the engine's memory, two kinds of numbers, and geometries. */
export type ParameterType =
  | 'const float*'
  | 'float*'
  | 'const int32_t*'
  | 'int32_t*'
  | 'uint32_t*'
  | 'const uint8_t*'
  | 'uint32_t'
  | 'float'
  | GeometryType;

/** The kernels, each of which is a C function. */
export type KernelName = keyof Arithmetic;

/** One C type for every parameter of the method: a geometry's own where it takes one, otherwise a pointer's or a number's. */
type TypesOf<Values extends readonly unknown[]> = {
  readonly [Index in keyof Values]: Values[Index] extends number
    ? Exclude<ParameterType, GeometryType>
    : GeometryTypeOf<Values[Index]>;
};

const CONVOLUTION = ['uint32_t', 'const struct convolution_geometry*'] as const;
const POOLING = ['uint32_t', 'const struct pooling_geometry*'] as const;
const PADDING = ['uint32_t', 'const struct padding_geometry*'] as const;

/** y[i] of x[i], and dx[i] of y[i] or x[i] and dy[i]. */
const MAP = ['const float*', 'float*', 'uint32_t'] as const;
const ZIP = ['const float*', 'const float*', 'float*', 'uint32_t'] as const;
const LOSS = ['const float*', 'const int32_t*', 'float*', 'uint32_t', 'uint32_t'] as const;

/**
 * The one list of the kernels' C signatures: the header that the C sources must agree with, the native addon's glue,
 * both engines' loaders and the tests are driven by it. The type holds it to the interface.
 */
export const SIGNATURES: { readonly [Name in KernelName]: TypesOf<Parameters<Arithmetic[Name]>> } =
  {
    matmul: ['const float*', 'const float*', 'float*', 'uint32_t', 'uint32_t', 'uint32_t'],
    matmulInputGradient: [
      'const float*',
      'const float*',
      'float*',
      'uint32_t',
      'uint32_t',
      'uint32_t',
    ],
    matmulWeightGradient: [
      'const float*',
      'const float*',
      'float*',
      'uint32_t',
      'uint32_t',
      'uint32_t',
    ],
    addBias: ['const float*', 'const float*', 'float*', 'uint32_t', 'uint32_t'],
    biasGradient: ['const float*', 'float*', 'uint32_t', 'uint32_t'],
    relu: MAP,
    reluGradient: ZIP,
    sigmoid: MAP,
    sigmoidGradient: ZIP,
    tanh: MAP,
    tanhGradient: ZIP,
    softmax: ['const float*', 'float*', 'uint32_t', 'uint32_t'],
    softmaxGradient: ['const float*', 'const float*', 'float*', 'uint32_t', 'uint32_t'],
    exp: MAP,
    log: MAP,
    sin: MAP,
    sqrt: MAP,
    softmaxCrossentropy: LOSS,
    softmaxCrossentropyGradient: [...LOSS, 'float'],
    squaredError: LOSS,
    squaredErrorGradient: [...LOSS, 'float'],
    argmax: ['const float*', 'int32_t*', 'uint32_t', 'uint32_t'],
    sgd: ['float*', 'const float*', 'float*', 'uint32_t', 'float', 'float', 'uint32_t'],
    rmsprop: ['float*', 'const float*', 'float*', 'uint32_t', 'float', 'float', 'float'],
    adam: [
      'float*',
      'const float*',
      'float*',
      'float*',
      'uint32_t',
      'float',
      'float',
      'float',
      'float',
    ],
    adadelta: ['float*', 'const float*', 'float*', 'float*', 'uint32_t', 'float', 'float', 'float'],
    philox: ['uint32_t*', 'uint32_t', 'uint32_t', 'uint32_t', 'uint32_t'],
    uniform: ['float*', 'uint32_t', 'uint32_t', 'uint32_t', 'uint32_t', 'float', 'float'],
    dropoutMask: ['float*', 'uint32_t', 'uint32_t', 'uint32_t', 'uint32_t', 'float'],
    multiply: ZIP,
    gather: ['const uint8_t*', 'const int32_t*', 'const float*', 'float*', 'uint32_t', 'uint32_t'],
    countNonFinite: ['const float*', 'uint32_t'],
    conv2d: ['const float*', 'const float*', 'float*', ...CONVOLUTION],
    conv2dInputGradient: ['const float*', 'const float*', 'float*', ...CONVOLUTION],
    conv2dFilterGradient: ['const float*', 'const float*', 'float*', ...CONVOLUTION],
    conv2dBiasGradient: ['const float*', 'float*', 'uint32_t', 'uint32_t', 'uint32_t'],
    maxPool: ['const float*', 'float*', 'int32_t*', ...POOLING],
    maxPoolGradient: ['const float*', 'const int32_t*', 'float*', ...POOLING],
    averagePool: ['const float*', 'float*', ...POOLING],
    averagePoolGradient: ['const float*', 'float*', ...POOLING],
    zeroPad: ['const float*', 'float*', ...PADDING],
    zeroPadGradient: ['const float*', 'float*', ...PADDING],
    batchMoments: ['const float*', 'float*', 'float*', 'uint32_t', 'uint32_t', 'uint32_t'],
    batchNormalize: [
      'const float*',
      'const float*',
      'const float*',
      'const float*',
      'const float*',
      'float*',
      'uint32_t',
      'uint32_t',
      'float',
    ],
    batchNormalizeGradient: [
      'const float*',
      'const float*',
      'const float*',
      'const float*',
      'const float*',
      'float*',
      'float*',
      'float*',
      'uint32_t',
      'uint32_t',
      'uint32_t',
      'float',
    ],
    movingAverage: ['float*', 'const float*', 'uint32_t', 'float'],
    leakyRelu: [...MAP, 'float'],
    leakyReluGradient: [...ZIP, 'float'],
    clippedRelu: [...MAP, 'float'],
    clippedReluGradient: [...ZIP, 'float'],
    elu: [...MAP, 'float'],
    eluGradient: [...ZIP, 'float'],
    selu: MAP,
    seluGradient: ZIP,
    softplus: MAP,
    softplusGradient: ZIP,
    softsign: MAP,
    softsignGradient: ZIP,
    hardSigmoid: MAP,
    hardSigmoidGradient: ZIP,
    swish: MAP,
    swishGradient: ZIP,
    gelu: MAP,
    geluGradient: ZIP,
    sigmoidCrossentropy: LOSS,
    absoluteError: LOSS,
    absoluteErrorGradient: [...LOSS, 'float'],
    scaleRows: ['const float*', 'const float*', 'float*', 'uint32_t', 'uint32_t'],
    rmspropInside: [
      'float*',
      'const float*',
      'float*',
      'float*',
      'float*',
      'uint32_t',
      'float',
      'float',
      'float',
      'float',
      'uint32_t',
    ],
    nadam: [
      'float*',
      'const float*',
      'float*',
      'float*',
      'uint32_t',
      'float',
      'float',
      'float',
      'float',
      'float',
      'float',
    ],
    adamax: [
      'float*',
      'const float*',
      'float*',
      'float*',
      'uint32_t',
      'float',
      'float',
      'float',
      'float',
    ],
    adagrad: ['float*', 'const float*', 'float*', 'uint32_t', 'float', 'float', 'uint32_t'],
    decayWeights: ['float*', 'uint32_t', 'float'],
    generalAdam: [
      'float*',
      'const float*',
      'float*',
      'float*',
      'float*',
      'uint32_t',
      'float',
      'float',
      'float',
      'float',
      'float',
      'float',
      'float',
      'uint32_t',
    ],
    torchSgd: [
      'float*',
      'const float*',
      'float*',
      'uint32_t',
      'float',
      'float',
      'float',
      'uint32_t',
    ],
    torchRmsprop: [
      'float*',
      'const float*',
      'float*',
      'float*',
      'float*',
      'uint32_t',
      'float',
      'float',
      'float',
      'float',
      'float',
      'uint32_t',
    ],
    scaleWithin: [...MAP, 'float', 'float'],
    smoothedCrossentropy: [...LOSS, 'float'],
    smoothedCrossentropyGradient: [...LOSS, 'float', 'float'],
    tiedMaximumGradient: [
      'const float*',
      'const float*',
      'const float*',
      'float*',
      'uint32_t',
      'uint32_t',
      'uint32_t',
    ],
    regularize: ['const float*', 'float*', 'uint32_t', 'float', 'float'],
    weightNorms: ['const float*', 'float*', 'uint32_t'],
    transformImages: [
      'const float*',
      'const float*',
      'float*',
      'uint32_t',
      'uint32_t',
      'uint32_t',
      'uint32_t',
    ],
  };

/** The kernels that return a number (a uint32); the others return nothing. */
export const RETURNS_NUMBER: ReadonlySet<KernelName> = new Set(['countNonFinite']);

export const KERNEL_NAMES: readonly KernelName[] = Object.keys(SIGNATURES) as KernelName[];

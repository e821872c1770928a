import type { Kernels } from './kernels.ts';
import type { ActivationKernels } from './kernels/activations.ts';
import type { ImageKernels } from './kernels/images.ts';
import type { LossKernels } from './kernels/losses.ts';
import type { NormalizationKernels } from './kernels/normalization.ts';
import type { OptimizerKernels } from './kernels/optimizers.ts';
import type { PoolingKernels } from './kernels/pooling.ts';

/** C types that a kernel takes: pointers into the engine's memory, and two kinds of numbers. */
export type ParameterType =
  | 'const float*'
  | 'float*'
  | 'const int32_t*'
  | 'int32_t*'
  | 'uint32_t*'
  | 'const uint8_t*'
  | 'uint32_t'
  | 'float';

/** Members of `Kernels` that are not C functions. */
type Member = 'engine' | 'level' | 'allocate' | 'reset' | 'f32' | 'i32' | 'u8' | 'adamStepSize';

/** Kernels that only the oracle has so far. */
type OracleOnly =
  | keyof ActivationKernels
  | 'conv2dBiasGradient'
  | keyof ImageKernels
  | keyof LossKernels
  | keyof NormalizationKernels
  | keyof OptimizerKernels
  | keyof PoolingKernels;

/** The methods of `Kernels` that are C functions. */
export type KernelName = Exclude<keyof Kernels, Member | OracleOnly>;

/** What a compiled engine brings. */
export type CompiledKernels = Omit<Kernels, Member>;

/** One C type for every parameter of the method. */
type TypesOf<Values extends readonly unknown[]> = {
  readonly [Index in keyof Values]: ParameterType;
};

/** The extents of a convolution. */
const CONVOLUTION_GEOMETRY = [
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
  'uint32_t',
] as const;

/**
 * The one list of the kernels' C signatures: the header that the C sources must agree with, the native addon's glue,
 * both engines' loaders and the tests are driven by it. The type holds it to the interface.
 */
export const SIGNATURES: { readonly [Name in KernelName]: TypesOf<Parameters<Kernels[Name]>> } = {
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
  relu: ['const float*', 'float*', 'uint32_t'],
  reluGradient: ['const float*', 'const float*', 'float*', 'uint32_t'],
  sigmoid: ['const float*', 'float*', 'uint32_t'],
  sigmoidGradient: ['const float*', 'const float*', 'float*', 'uint32_t'],
  tanh: ['const float*', 'float*', 'uint32_t'],
  tanhGradient: ['const float*', 'const float*', 'float*', 'uint32_t'],
  softmax: ['const float*', 'float*', 'uint32_t', 'uint32_t'],
  softmaxGradient: ['const float*', 'const float*', 'float*', 'uint32_t', 'uint32_t'],
  exp: ['const float*', 'float*', 'uint32_t'],
  log: ['const float*', 'float*', 'uint32_t'],
  sin: ['const float*', 'float*', 'uint32_t'],
  sqrt: ['const float*', 'float*', 'uint32_t'],
  softmaxCrossentropy: ['const float*', 'const int32_t*', 'float*', 'uint32_t', 'uint32_t'],
  softmaxCrossentropyGradient: [
    'const float*',
    'const int32_t*',
    'float*',
    'uint32_t',
    'uint32_t',
    'float',
  ],
  squaredError: ['const float*', 'const int32_t*', 'float*', 'uint32_t', 'uint32_t'],
  squaredErrorGradient: [
    'const float*',
    'const int32_t*',
    'float*',
    'uint32_t',
    'uint32_t',
    'float',
  ],
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
  multiply: ['const float*', 'const float*', 'float*', 'uint32_t'],
  gather: ['const uint8_t*', 'const int32_t*', 'const float*', 'float*', 'uint32_t', 'uint32_t'],
  countNonFinite: ['const float*', 'uint32_t'],
  conv2d: ['const float*', 'const float*', 'float*', ...CONVOLUTION_GEOMETRY],
  conv2dInputGradient: ['const float*', 'const float*', 'float*', ...CONVOLUTION_GEOMETRY],
  conv2dFilterGradient: ['const float*', 'const float*', 'float*', ...CONVOLUTION_GEOMETRY],
};

/** The kernels that return a number (a uint32); the others return nothing. */
export const RETURNS_NUMBER: ReadonlySet<KernelName> = new Set(['countNonFinite']);

export const KERNEL_NAMES: readonly KernelName[] = Object.keys(SIGNATURES) as KernelName[];

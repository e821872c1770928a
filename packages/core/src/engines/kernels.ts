import type { ActivationKernels } from './kernels/activations.ts';
import type { ArrayKernels } from './kernels/arrays.ts';
import type { ConvolutionKernels } from './kernels/convolution.ts';
import type { DenseKernels } from './kernels/dense.ts';
import type { ElementaryKernels } from './kernels/elementary.ts';
import type { ImageKernels } from './kernels/images.ts';
import type { LossKernels } from './kernels/losses.ts';
import type { NormalizationKernels } from './kernels/normalization.ts';
import type { OptimizerKernels } from './kernels/optimizers.ts';
import type { PenaltyKernels } from './kernels/penalties.ts';
import type { PoolingKernels } from './kernels/pooling.ts';
import type { RandomKernels } from './kernels/random.ts';
import type { EngineMemory } from './memory.ts';

export type { Pointer } from './memory.ts';

/**
 * The arithmetic of Labproof on flat float32 arrays in row-major order.
 *
 * Every implementation returns the same bits: products and sums are each rounded to float32, nothing is
 * fused, and every reduction adds its terms in ascending index order starting from +0.
 * Arrays must not overlap unless a method says so.
 */
export interface Arithmetic
  extends
    ActivationKernels,
    ArrayKernels,
    ConvolutionKernels,
    DenseKernels,
    ElementaryKernels,
    ImageKernels,
    LossKernels,
    NormalizationKernels,
    OptimizerKernels,
    PenaltyKernels,
    PoolingKernels,
    RandomKernels {}

/** An engine: the arithmetic, and the memory in which it works. */
export interface Kernels extends Arithmetic, EngineMemory {
  /** `counting` computes nothing: it says how much memory would be taken. */
  readonly engine: 'native' | 'wasm' | 'cuda' | 'oracle' | 'counting';
  /** Instruction set in use, e.g. `avx512`, `avx2`, `sse2`, `neon`, `simd128`. */
  readonly level: string;
  /** How many threads share a call that is large enough; never which bits come out. */
  readonly threads: number;
  /** Ends the threads; what is called afterwards is computed by the caller alone. */
  close(): void;
}

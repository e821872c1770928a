import type { Kernels, Pointer } from '../../engines/kernels.ts';
import { coreError } from '../../errors/core-errors.ts';
import type { Optimizer } from '../../recipe/optimizer.ts';
import type { Updatable } from './update.ts';

const { fround } = Math;

/** What PyTorch's `clip_grad_norm_` adds to the norm before it divides. */
const PYTORCH_ADDS = 1e-6;

/**
 * Bounds the gradients before an update as the optimiser says; `null` where it says nothing. Sources: Keras 3's
 * `BaseOptimizer._clip_gradients`, PyTorch's `torch/nn/utils/clip_grad.py`. Norms are read between the backward pass and the
 * update, which a GPU's queue of steps does not allow.
 */
export function createClipping(
  optimizer: Optimizer,
  parameters: readonly Updatable[],
  kernels: Kernels,
  semantics: 'pytorch' | undefined,
): (() => void) | null {
  const { clipvalue, clipnorm, global_clipnorm: globalNorm } = optimizer;
  if (clipvalue !== undefined) {
    return () => {
      for (const { gradient, length } of parameters) {
        kernels.scaleWithin(gradient, gradient, length, 1, clipvalue);
      }
    };
  }
  if (clipnorm === undefined && globalNorm === undefined) return null;
  if (kernels.engine === 'cuda') {
    throw coreError('cuda-cannot-train', {
      message: 'The engine cuda does not clip gradients by their norm.',
      fix: 'Leave --engine out: the other engines train it.',
    });
  }
  const sums = kernels.allocate(2 * 4);
  const squares = ({ gradient, length }: Updatable): number => {
    kernels.weightNorms(gradient, sums, length);
    return kernels.f32(sums, 2)[1] ?? 0;
  };
  const scale = (gradient: Pointer, length: number, factor: number): void =>
    kernels.scaleWithin(gradient, gradient, length, factor, Infinity);
  if (globalNorm === undefined) {
    const bound = clipnorm ?? Infinity;
    return () => {
      for (const parameter of parameters) {
        const norm = Math.sqrt(squares(parameter));
        if (norm > bound) scale(parameter.gradient, parameter.length, fround(bound / norm));
      }
    };
  }
  return () => {
    const norm = Math.sqrt(parameters.reduce((sum, parameter) => sum + squares(parameter), 0));
    const factor = globalNorm / (semantics === 'pytorch' ? norm + PYTORCH_ADDS : norm);
    if (!(factor < 1)) return;
    for (const { gradient, length } of parameters) scale(gradient, length, fround(factor));
  };
}

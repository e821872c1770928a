import type { Kernels } from './kernels.ts';
import { activationKernels } from './oracle/activations.ts';
import { arrayKernels } from './oracle/arrays.ts';
import { convolutionKernels } from './oracle/convolution.ts';
import { denseKernels } from './oracle/dense.ts';
import { elementaryKernels } from './oracle/elementary.ts';
import { imageKernels } from './oracle/images.ts';
import { lossKernels } from './oracle/losses.ts';
import { OracleMemory } from './oracle/memory.ts';
import { normalizationKernels } from './oracle/normalization.ts';
import { optimizerKernels } from './oracle/optimizers.ts';
import { penaltyKernels } from './oracle/penalties.ts';
import { poolingKernels } from './oracle/pooling.ts';
import { randomKernels } from './oracle/random.ts';

/**
 * The arithmetic as plainly as it can be written: naive loops, every operation rounded with `Math.fround`.
 * It is slow, and it is the definition that every other engine is held to, bit for bit.
 */
export function createOracleKernels(): Kernels {
  const memory = new OracleMemory();
  return {
    engine: 'oracle',
    level: 'fround',
    threads: 1,
    close: () => undefined,
    allocate: (byteLength) => memory.allocate(byteLength),
    reset: () => memory.reset(),
    f32: (pointer, length) => memory.floats.subarray(pointer / 4, pointer / 4 + length),
    i32: (pointer, length) => memory.integers.subarray(pointer / 4, pointer / 4 + length),
    u8: (pointer, length) => memory.bytes.subarray(pointer, pointer + length),
    ...activationKernels(memory),
    ...arrayKernels(memory),
    ...convolutionKernels(memory),
    ...denseKernels(memory),
    ...elementaryKernels(memory),
    ...imageKernels(memory),
    ...lossKernels(memory),
    ...normalizationKernels(memory),
    ...optimizerKernels(memory),
    ...penaltyKernels(memory),
    ...poolingKernels(memory),
    ...randomKernels(memory),
  };
}

import { philoxWords } from '../../streams/philox.ts';
import type { RandomKernels } from '../kernels/random.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

/** The upper 24 bits of a word as a multiple of 2⁻²⁴ in [0, 1). */
function unit(word: number): number {
  return (word >>> 8) * 2 ** -24;
}

export function randomKernels(memory: OracleMemory): RandomKernels {
  return {
    philox(out, length, key0, key1, counterHigh) {
      memory.words.set(philoxWords(length, key0, key1, counterHigh), out / 4);
    },

    uniform(out, length, key0, key1, counterHigh, low, high) {
      const width = f(f(high) - f(low));
      const words = philoxWords(length, key0, key1, counterHigh);
      for (let i = 0; i < length; i++) {
        memory.floats[out / 4 + i] = f(low) + f(unit(words[i]!) * width);
      }
    },

    dropoutMask(mask, length, key0, key1, counterHigh, rate) {
      const scale = f(1 / f(1 - f(rate)));
      const words = philoxWords(length, key0, key1, counterHigh);
      for (let i = 0; i < length; i++) {
        memory.floats[mask / 4 + i] = unit(words[i]!) >= f(rate) ? scale : 0;
      }
    },
  };
}

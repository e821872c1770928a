import type { PenaltyKernels } from '../kernels/penalties.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

/** Partial sums of `weightNorms`. */
const LANES = 16;

export function penaltyKernels(memory: OracleMemory): PenaltyKernels {
  return {
    decayWeights(w, length, factor) {
      const x = memory.floats;
      for (let i = 0; i < length; i++) {
        x[w / 4 + i] = x[w / 4 + i]! - f(x[w / 4 + i]! * f(factor));
      }
    },

    regularize(w, g, length, l1, l2) {
      const x = memory.floats;
      const twice = f(2 * f(l2));
      for (let i = 0; i < length; i++) {
        const weight = x[w / 4 + i]!;
        const sign = weight > 0 ? f(l1) : weight < 0 ? -f(l1) : 0;
        x[g / 4 + i] = x[g / 4 + i]! + f(sign + f(twice * weight));
      }
    },

    weightNorms(w, sums, length) {
      const x = memory.floats;
      const absolute = new Float32Array(LANES);
      const squares = new Float32Array(LANES);
      for (let i = 0; i < length; i++) {
        const weight = x[w / 4 + i]!;
        absolute[i % LANES] = absolute[i % LANES]! + Math.abs(weight);
        squares[i % LANES] = squares[i % LANES]! + f(weight * weight);
      }
      x[sums / 4] = absolute.reduce((sum, part) => f(sum + part), 0);
      x[sums / 4 + 1] = squares.reduce((sum, part) => f(sum + part), 0);
    },
  };
}

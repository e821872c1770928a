import type { ArrayKernels } from '../kernels/arrays.ts';
import { elementwise } from './elementwise.ts';
import type { OracleMemory } from './memory.ts';

export function arrayKernels(memory: OracleMemory): ArrayKernels {
  const { zip } = elementwise(memory);
  return {
    multiply: zip((a, b) => Math.fround(a * b)),

    scaleWithin(x, y, length, factor, bound) {
      const { floats } = memory;
      const limit = Math.fround(bound);
      for (let i = 0; i < length; i++) {
        const scaled = Math.fround(floats[x / 4 + i]! * Math.fround(factor));
        const below = scaled < -limit ? -limit : scaled;
        floats[y / 4 + i] = below > limit ? limit : below;
      }
    },

    scaleRows(x, factors, y, rows, columns) {
      const { floats } = memory;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const i = r * columns + c;
          floats[y / 4 + i] = floats[x / 4 + i]! * floats[factors / 4 + r]!;
        }
      }
    },

    argmax(input, predicted, rows, columns) {
      const x = memory.floats;
      for (let r = 0; r < rows; r++) {
        let best = 0;
        for (let c = 1; c < columns; c++) {
          if (x[input / 4 + r * columns + c]! > x[input / 4 + r * columns + best]!) best = c;
        }
        memory.integers[predicted / 4 + r] = best;
      }
    },

    countNonFinite(x, length) {
      let count = 0;
      for (let i = 0; i < length; i++) {
        if (!Number.isFinite(memory.floats[x / 4 + i]!)) count++;
      }
      return count;
    },

    gather(bytes, indices, table, out, rows, size) {
      const x = memory.floats;
      for (let r = 0; r < rows; r++) {
        const example = bytes + memory.integers[indices / 4 + r]! * size;
        for (let i = 0; i < size; i++) {
          x[out / 4 + r * size + i] = x[table / 4 + memory.bytes[example + i]!]!;
        }
      }
    },
  };
}

import type { DenseKernels } from '../kernels/dense.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

/** Σ a[aStart + i·aStep] · b[bStart + i·bStep] over i ascending, from +0, every product and sum rounded. */
function dot(
  floats: Float32Array,
  aStart: number,
  aStep: number,
  bStart: number,
  bStep: number,
  length: number,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    sum = f(sum + f(floats[aStart + i * aStep]! * floats[bStart + i * bStep]!));
  }
  return sum;
}

export function denseKernels(memory: OracleMemory): DenseKernels {
  return {
    matmul(a, b, c, m, k, n) {
      const x = memory.floats;
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          x[c / 4 + i * n + j] = dot(x, a / 4 + i * k, 1, b / 4 + j, n, k);
        }
      }
    },

    matmulInputGradient(dy, w, dx, m, k, n) {
      const x = memory.floats;
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < k; j++) {
          x[dx / 4 + i * k + j] = dot(x, dy / 4 + i * n, 1, w / 4 + j * n, 1, n);
        }
      }
    },

    matmulWeightGradient(input, dy, dw, m, k, n) {
      const x = memory.floats;
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < n; j++) {
          x[dw / 4 + i * n + j] = dot(x, input / 4 + i, k, dy / 4 + j, n, m);
        }
      }
    },

    addBias(input, bias, y, rows, columns) {
      const x = memory.floats;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          x[y / 4 + r * columns + c] = x[input / 4 + r * columns + c]! + x[bias / 4 + c]!;
        }
      }
    },

    biasGradient(dy, db, rows, columns) {
      const x = memory.floats;
      for (let c = 0; c < columns; c++) {
        let sum = 0;
        for (let r = 0; r < rows; r++) sum = f(sum + x[dy / 4 + r * columns + c]!);
        x[db / 4 + c] = sum;
      }
    },
  };
}

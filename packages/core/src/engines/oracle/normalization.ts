import type { NormalizationKernels } from '../kernels/normalization.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

/** Σ_r Σ_p of a term: positions within an example, then examples. */
function sumOver(rows: number, positions: number, term: (row: number) => number): number {
  let total = 0;
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let p = 0; p < positions; p++) sum = f(sum + term(r * positions + p));
    total = f(total + sum);
  }
  return total;
}

function inverseOf(variance: number, epsilon: number): number {
  return f(1 / f(Math.sqrt(f(variance + f(epsilon)))));
}

export function normalizationKernels(memory: OracleMemory): NormalizationKernels {
  return {
    batchMoments(x, mean, variance, rows, positions, columns) {
      const { floats } = memory;
      const count = f(rows * positions);
      for (let c = 0; c < columns; c++) {
        const value = (row: number): number => floats[x / 4 + row * columns + c]!;
        const middle = f(sumOver(rows, positions, value) / count);
        const squares = sumOver(rows, positions, (row) => {
          const difference = f(value(row) - middle);
          return f(difference * difference);
        });
        floats[mean / 4 + c] = middle;
        floats[variance / 4 + c] = squares / count;
      }
    },

    batchNormalize(x, gamma, beta, mean, variance, y, rows, columns, epsilon) {
      const { floats } = memory;
      for (let c = 0; c < columns; c++) {
        const inverse = inverseOf(floats[variance / 4 + c]!, epsilon);
        for (let r = 0; r < rows; r++) {
          const i = r * columns + c;
          const normal = f(f(floats[x / 4 + i]! - floats[mean / 4 + c]!) * inverse);
          floats[y / 4 + i] = f(normal * floats[gamma / 4 + c]!) + floats[beta / 4 + c]!;
        }
      }
    },

    batchNormalizeGradient(
      x,
      dy,
      gamma,
      mean,
      variance,
      dx,
      dgamma,
      dbeta,
      rows,
      positions,
      columns,
      epsilon,
    ) {
      const { floats } = memory;
      const count = f(rows * positions);
      for (let c = 0; c < columns; c++) {
        const inverse = inverseOf(floats[variance / 4 + c]!, epsilon);
        const middle = floats[mean / 4 + c]!;
        const gradient = (row: number): number => floats[dy / 4 + row * columns + c]!;
        const normal = (row: number): number =>
          f(f(floats[x / 4 + row * columns + c]! - middle) * inverse);
        const shift = sumOver(rows, positions, gradient);
        const scale = sumOver(rows, positions, (row) => f(gradient(row) * normal(row)));
        const slope = f(floats[gamma / 4 + c]! * inverse);
        const meanShift = f(shift / count);
        const meanScale = f(scale / count);
        for (let row = 0; row < rows * positions; row++) {
          const rest = f(f(gradient(row) - meanShift) - f(normal(row) * meanScale));
          floats[dx / 4 + row * columns + c] = slope * rest;
        }
        floats[dgamma / 4 + c] = scale;
        floats[dbeta / 4 + c] = shift;
      }
    },

    movingAverage(average, value, length, momentum) {
      const { floats } = memory;
      const keep = f(momentum);
      const take = f(1 - keep);
      for (let i = 0; i < length; i++) {
        const kept = f(keep * floats[average / 4 + i]!);
        floats[average / 4 + i] = kept + f(take * floats[value / 4 + i]!);
      }
    },
  };
}

import type { Kernels } from '../kernels.ts';
import { rowMaximum } from './activations.ts';
import { exp, log } from './elementary.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

type LossKernels = Pick<
  Kernels,
  | 'softmaxCrossentropy'
  | 'softmaxCrossentropyGradient'
  | 'squaredError'
  | 'squaredErrorGradient'
  | 'argmax'
>;

export function lossKernels(memory: OracleMemory): LossKernels {
  return {
    softmaxCrossentropy(logits, labels, loss, rows, columns) {
      const x = memory.floats;
      for (let r = 0; r < rows; r++) {
        const row = logits / 4 + r * columns;
        const label = memory.integers[labels / 4 + r]!;
        const maximum = rowMaximum(x, row, columns);
        let sum = 0;
        for (let c = 0; c < columns; c++) sum = f(sum + exp(f(x[row + c]! - maximum)));
        const known = label >= 0 && label < columns;
        x[loss / 4 + r] = known ? log(sum) - f(x[row + label]! - maximum) : Number.NaN;
      }
    },

    softmaxCrossentropyGradient(p, labels, dx, rows, columns, scale) {
      const x = memory.floats;
      for (let r = 0; r < rows; r++) {
        const label = memory.integers[labels / 4 + r];
        for (let c = 0; c < columns; c++) {
          const i = r * columns + c;
          x[dx / 4 + i] = f(x[p / 4 + i]! - (c === label ? 1 : 0)) * f(scale);
        }
      }
    },

    squaredError(y, labels, loss, rows, columns) {
      const x = memory.floats;
      for (let r = 0; r < rows; r++) {
        const label = memory.integers[labels / 4 + r];
        let sum = 0;
        for (let c = 0; c < columns; c++) {
          const difference = f(x[y / 4 + r * columns + c]! - (c === label ? 1 : 0));
          sum = f(sum + f(difference * difference));
        }
        x[loss / 4 + r] = sum / f(columns);
      }
    },

    squaredErrorGradient(y, labels, dy, rows, columns, scale) {
      const x = memory.floats;
      for (let r = 0; r < rows; r++) {
        const label = memory.integers[labels / 4 + r];
        for (let c = 0; c < columns; c++) {
          const i = r * columns + c;
          x[dy / 4 + i] = f(2 * f(x[y / 4 + i]! - (c === label ? 1 : 0))) * f(scale);
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
  };
}

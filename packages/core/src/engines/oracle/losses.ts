import { exp } from '../../elementary/exponential.ts';
import { log } from '../../elementary/logarithm.ts';
import type { LossKernels } from '../kernels/losses.ts';
import type { OracleMemory } from './memory.ts';
import { rowMaximum } from './row-maximum.ts';
import { log1pExpMinusAbs } from './smooth-functions.ts';

const f = Math.fround;

export function lossKernels(memory: OracleMemory): LossKernels {
  /** loss[r] = (Σ_c term(value, target)) / columns. */
  const rowMeans =
    (term: (value: number, target: number) => number) =>
    (values: number, labels: number, loss: number, rows: number, columns: number): void => {
      const { floats, integers } = memory;
      for (let r = 0; r < rows; r++) {
        const label = integers[labels / 4 + r];
        let sum = 0;
        for (let c = 0; c < columns; c++) {
          sum = f(sum + term(floats[values / 4 + r * columns + c]!, c === label ? 1 : 0));
        }
        floats[loss / 4 + r] = sum / f(columns);
      }
    };

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

    smoothedCrossentropy(logits, labels, loss, rows, columns, smoothing) {
      const x = memory.floats;
      const share = f(f(smoothing) / columns);
      for (let r = 0; r < rows; r++) {
        const row = logits / 4 + r * columns;
        const label = memory.integers[labels / 4 + r]!;
        const maximum = rowMaximum(x, row, columns);
        let exponentials = 0;
        for (let c = 0; c < columns; c++) {
          exponentials = f(exponentials + exp(f(x[row + c]! - maximum)));
        }
        const logarithm = log(exponentials);
        let sum = 0;
        for (let c = 0; c < columns; c++) {
          sum = f(sum + f(logarithm - f(x[row + c]! - maximum)));
        }
        const known = label >= 0 && label < columns;
        const own = known ? f(logarithm - f(x[row + label]! - maximum)) : Number.NaN;
        x[loss / 4 + r] = f(f(1 - f(smoothing)) * own) + f(share * sum);
      }
    },

    smoothedCrossentropyGradient(p, labels, dx, rows, columns, scale, smoothing) {
      const x = memory.floats;
      const share = f(f(smoothing) / columns);
      const whole = f(f(1 - f(smoothing)) + share);
      for (let r = 0; r < rows; r++) {
        const label = memory.integers[labels / 4 + r];
        for (let c = 0; c < columns; c++) {
          const i = r * columns + c;
          x[dx / 4 + i] = f(x[p / 4 + i]! - (c === label ? whole : share)) * f(scale);
        }
      }
    },

    sigmoidCrossentropy: rowMeans((x, t) =>
      f(f((x > 0 ? x : 0) - f(x * t)) + f(log1pExpMinusAbs(x))),
    ),
    squaredError: rowMeans((y, t) => {
      const difference = f(y - t);
      return f(difference * difference);
    }),
    absoluteError: rowMeans((y, t) => Math.abs(f(y - t))),

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

    absoluteErrorGradient(y, labels, dy, rows, columns, scale) {
      const { floats, integers } = memory;
      for (let r = 0; r < rows; r++) {
        const label = integers[labels / 4 + r];
        for (let c = 0; c < columns; c++) {
          const value = floats[y / 4 + r * columns + c]!;
          const target = c === label ? 1 : 0;
          floats[dy / 4 + r * columns + c] = value > target ? scale : value < target ? -scale : 0;
        }
      }
    },
  };
}

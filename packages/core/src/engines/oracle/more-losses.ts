import type { LossKernels } from '../kernels/losses.ts';
import type { OracleMemory } from './memory.ts';
import { log1pExpMinusAbs } from './special-functions.ts';

const f = Math.fround;

export function moreLossKernels(memory: OracleMemory): LossKernels {
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
    sigmoidCrossentropy: rowMeans((x, t) =>
      f(f((x > 0 ? x : 0) - f(x * t)) + f(log1pExpMinusAbs(x))),
    ),
    absoluteError: rowMeans((y, t) => Math.abs(f(y - t))),

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

    scaleRows(x, factors, y, rows, columns) {
      const { floats } = memory;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const i = r * columns + c;
          floats[y / 4 + i] = floats[x / 4 + i]! * floats[factors / 4 + r]!;
        }
      }
    },
  };
}

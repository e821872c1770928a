import type { Kernels } from '../kernels.ts';
import { exp, log, sigmoid, sin, tanh } from './elementary.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

type FirstActivationKernels = Pick<
  Kernels,
  | 'relu'
  | 'reluGradient'
  | 'sigmoid'
  | 'sigmoidGradient'
  | 'tanh'
  | 'tanhGradient'
  | 'softmax'
  | 'softmaxGradient'
  | 'exp'
  | 'log'
  | 'sin'
  | 'sqrt'
  | 'multiply'
  | 'countNonFinite'
>;

/** The largest of a row; a leading NaN stays, later ones are passed over. */
export function rowMaximum(x: Float32Array, start: number, columns: number): number {
  let maximum = x[start]!;
  for (let c = 1; c < columns; c++) {
    if (x[start + c]! > maximum) maximum = x[start + c]!;
  }
  return maximum;
}

export function activationKernels(memory: OracleMemory): FirstActivationKernels {
  const map =
    (compute: (value: number) => number) =>
    (x: number, y: number, length: number): void => {
      const floats = memory.floats;
      for (let i = 0; i < length; i++) floats[y / 4 + i] = compute(floats[x / 4 + i]!);
    };
  const zip =
    (compute: (first: number, second: number) => number) =>
    (a: number, b: number, y: number, length: number): void => {
      const floats = memory.floats;
      for (let i = 0; i < length; i++) {
        floats[y / 4 + i] = compute(floats[a / 4 + i]!, floats[b / 4 + i]!);
      }
    };

  return {
    relu: map((x) => (x > 0 ? x : 0)),
    reluGradient: zip((y, dy) => (y > 0 ? dy : 0)),
    sigmoid: map(sigmoid),
    sigmoidGradient: zip((y, dy) => f(f(dy * y) * f(1 - y))),
    tanh: map(tanh),
    tanhGradient: zip((y, dy) => f(dy * f(1 - f(y * y)))),
    exp: map(exp),
    log: map(log),
    sin: map(sin),
    sqrt: map(Math.sqrt),
    multiply: zip((a, b) => f(a * b)),

    softmax(input, y, rows, columns) {
      const x = memory.floats;
      for (let r = 0; r < rows; r++) {
        const from = input / 4 + r * columns;
        const to = y / 4 + r * columns;
        const maximum = rowMaximum(x, from, columns);
        let sum = 0;
        for (let c = 0; c < columns; c++) {
          x[to + c] = exp(f(x[from + c]! - maximum));
          sum = f(sum + x[to + c]!);
        }
        for (let c = 0; c < columns; c++) x[to + c] = x[to + c]! / sum;
      }
    },

    softmaxGradient(y, dy, dx, rows, columns) {
      const x = memory.floats;
      for (let r = 0; r < rows; r++) {
        const offset = r * columns;
        let sum = 0;
        for (let c = 0; c < columns; c++) {
          sum = f(sum + f(x[dy / 4 + offset + c]! * x[y / 4 + offset + c]!));
        }
        for (let c = 0; c < columns; c++) {
          x[dx / 4 + offset + c] = f(x[dy / 4 + offset + c]! - sum) * x[y / 4 + offset + c]!;
        }
      }
    },

    countNonFinite(x, length) {
      let count = 0;
      for (let i = 0; i < length; i++) {
        if (!Number.isFinite(memory.floats[x / 4 + i]!)) count++;
      }
      return count;
    },
  };
}

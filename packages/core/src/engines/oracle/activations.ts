import { exp, expm1 } from '../../elementary/exponential.ts';
import { sigmoid, tanh } from '../../elementary/sigmoid.ts';
import type { ActivationKernels } from '../kernels/activations.ts';
import { elementwise } from './elementwise.ts';
import type { OracleMemory } from './memory.ts';
import { rowMaximum } from './row-maximum.ts';
import { gelu, geluSlope, softplus, softplusSlope, swish, swishSlope } from './smooth-functions.ts';

const f = Math.fround;

const SELU_SCALE = f(1.0507009873554805);
const SELU_SCALE_ALPHA = f(1.7580993408473766);
const FIFTH = f(0.2);

export function activationKernels(memory: OracleMemory): ActivationKernels {
  const { map, zip } = elementwise(memory);
  return {
    relu: map((x) => (x > 0 ? x : 0)),
    reluGradient: zip((y, dy) => (y > 0 ? dy : 0)),
    leakyRelu: map((x, alpha) => (x > 0 ? x : f(alpha * x))),
    leakyReluGradient: zip((y, dy, alpha) => (y > 0 ? dy : f(alpha * dy))),
    clippedRelu: map((x, maximum) => (x > 0 ? (x < maximum ? x : maximum) : 0)),
    clippedReluGradient: zip((y, dy, maximum) => (y > 0 && y < maximum ? dy : 0)),
    elu: map((x, alpha) => (x > 0 ? x : f(alpha * f(expm1(x))))),
    eluGradient: zip((y, dy, alpha) => (y > 0 ? dy : f(dy * f(y + alpha)))),
    selu: map((x) => (x > 0 ? f(SELU_SCALE * x) : f(SELU_SCALE_ALPHA * f(expm1(x))))),
    seluGradient: zip((y, dy) => (y > 0 ? f(dy * SELU_SCALE) : f(dy * f(y + SELU_SCALE_ALPHA)))),
    sigmoid: map(sigmoid),
    sigmoidGradient: zip((y, dy) => f(f(dy * y) * f(1 - y))),
    tanh: map(tanh),
    tanhGradient: zip((y, dy) => f(dy * f(1 - f(y * y)))),
    softsign: map((x) => f(x / f(1 + (x < 0 ? -x : x)))),
    softsignGradient: zip((y, dy) => {
      const t = f(1 - (y < 0 ? -y : y));
      return f(dy * f(t * t));
    }),
    hardSigmoid: map((x) => {
      const v = f(f(FIFTH * x) + 0.5);
      return v < 0 ? 0 : v > 1 ? 1 : v;
    }),
    hardSigmoidGradient: zip((y, dy) => (y > 0 && y < 1 ? f(FIFTH * dy) : 0)),
    softplus: map((x) => f(softplus(x))),
    softplusGradient: zip((y, dy) => f(dy * f(softplusSlope(y)))),
    swish: map((x) => f(swish(x))),
    swishGradient: zip((x, dy) => f(dy * f(swishSlope(x)))),
    gelu: map((x) => f(gelu(x))),
    geluGradient: zip((x, dy) => f(dy * f(geluSlope(x)))),

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
  };
}

import type { ActivationKernels } from '../kernels/activations.ts';
import { expm1 } from './elementary.ts';
import type { OracleMemory } from './memory.ts';
import {
  gelu,
  geluSlope,
  softplus,
  softplusSlope,
  swish,
  swishSlope,
} from './special-functions.ts';

const f = Math.fround;

const SELU_SCALE = f(1.0507009873554805);
const SELU_SCALE_ALPHA = f(1.7580993408473766);
const FIFTH = f(0.2);

export function moreActivationKernels(memory: OracleMemory): ActivationKernels {
  /** y[i] = compute(x[i], parameter). */
  const map =
    (compute: (value: number, parameter: number) => number) =>
    (x: number, y: number, length: number, parameter = 0): void => {
      const { floats } = memory;
      for (let i = 0; i < length; i++) {
        floats[y / 4 + i] = compute(floats[x / 4 + i]!, f(parameter));
      }
    };
  /** dx[i] = compute(kept[i], dy[i], parameter). */
  const zip =
    (compute: (kept: number, dy: number, parameter: number) => number) =>
    (kept: number, dy: number, dx: number, length: number, parameter = 0): void => {
      const { floats } = memory;
      for (let i = 0; i < length; i++) {
        floats[dx / 4 + i] = compute(floats[kept / 4 + i]!, floats[dy / 4 + i]!, f(parameter));
      }
    };

  return {
    leakyRelu: map((x, alpha) => (x > 0 ? x : f(alpha * x))),
    leakyReluGradient: zip((y, dy, alpha) => (y > 0 ? dy : f(alpha * dy))),
    clippedRelu: map((x, maximum) => (x > 0 ? (x < maximum ? x : maximum) : 0)),
    clippedReluGradient: zip((y, dy, maximum) => (y > 0 && y < maximum ? dy : 0)),
    elu: map((x, alpha) => (x > 0 ? x : f(alpha * f(expm1(x))))),
    eluGradient: zip((y, dy, alpha) => (y > 0 ? dy : f(dy * f(y + alpha)))),
    selu: map((x) => (x > 0 ? f(SELU_SCALE * x) : f(SELU_SCALE_ALPHA * f(expm1(x))))),
    seluGradient: zip((y, dy) => (y > 0 ? f(dy * SELU_SCALE) : f(dy * f(y + SELU_SCALE_ALPHA)))),
    softplus: map((x) => f(softplus(x))),
    softplusGradient: zip((y, dy) => f(dy * f(softplusSlope(y)))),
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
    swish: map((x) => f(swish(x))),
    swishGradient: zip((x, dy) => f(dy * f(swishSlope(x)))),
    gelu: map((x) => f(gelu(x))),
    geluGradient: zip((x, dy) => f(dy * f(geluSlope(x)))),
  };
}

import { z } from 'zod';
import type { Kernels, Pointer } from '../engines/kernels.ts';

/** An elementwise function (softmax: by rows of `columns`) with its gradient. */
export interface Activation {
  /** What its gradient is computed from. */
  readonly keeps: 'input' | 'output';
  /** Whether its gradient is that of its output where that output alone says so, and +0 elsewhere. */
  readonly gates?: true;
  /** y may be x. */
  forward(kernels: Kernels, x: Pointer, y: Pointer, length: number, columns: number): void;
  /** Turns the gradient of the output into that of the input, in place. */
  backward(kernels: Kernels, kept: Pointer, dy: Pointer, length: number, columns: number): void;
}

/** max(x, 0) + alpha · min(x, 0); Keras's string `leaky_relu` means 0.2, its layer `LeakyReLU` defaults to 0.3. */
export function leakyRelu(alpha: number): Activation {
  return {
    keeps: 'output',
    forward: (kernels, x, y, length) => kernels.leakyRelu(x, y, length, alpha),
    backward: (kernels, y, dy, length) => kernels.leakyReluGradient(y, dy, dy, length, alpha),
  };
}

/** min(max(x, 0), maximum). */
export function clippedRelu(maximum: number): Activation {
  return {
    keeps: 'output',
    gates: true,
    forward: (kernels, x, y, length) => kernels.clippedRelu(x, y, length, maximum),
    backward: (kernels, y, dy, length) => kernels.clippedReluGradient(y, dy, dy, length, maximum),
  };
}

/** x > 0 ? x : alpha · (exp(x) − 1). */
export function elu(alpha: number): Activation {
  return {
    keeps: 'output',
    forward: (kernels, x, y, length) => kernels.elu(x, y, length, alpha),
    backward: (kernels, y, dy, length) => kernels.eluGradient(y, dy, dy, length, alpha),
  };
}

type PlainName = 'relu' | 'sigmoid' | 'tanh' | 'selu' | 'softplus' | 'softsign' | 'hardSigmoid';

/** An activation whose two kernels are named after it and take no parameter; the gradient comes from the output. */
function fromOutput(name: PlainName): Activation {
  return {
    keeps: 'output',
    forward: (kernels, x, y, length) => kernels[name](x, y, length),
    backward: (kernels, y, dy, length) => kernels[`${name}Gradient`](y, dy, dy, length),
  };
}

/** The same where the gradient comes from the input. */
function fromInput(name: 'swish' | 'gelu'): Activation {
  return {
    keeps: 'input',
    forward: (kernels, x, y, length) => kernels[name](x, y, length),
    backward: (kernels, x, dy, length) => kernels[`${name}Gradient`](x, dy, dy, length),
  };
}

/**
 * The activations by Keras's names. Where versions of Keras differ: `gelu` is the exact form, as Keras's default;
 * `hard_sigmoid` is Keras 2's max(0, min(1, 0.2x + 0.5)), not Keras 3's relu6(x + 3) / 6.
 */
export const activations = {
  relu: { ...fromOutput('relu'), gates: true },
  sigmoid: fromOutput('sigmoid'),
  tanh: fromOutput('tanh'),
  softmax: {
    keeps: 'output',
    forward: (kernels, x, y, length, columns) => kernels.softmax(x, y, length / columns, columns),
    backward: (kernels, y, dy, length, columns) =>
      kernels.softmaxGradient(y, dy, dy, length / columns, columns),
  },
  elu: elu(1),
  selu: fromOutput('selu'),
  softplus: fromOutput('softplus'),
  softsign: fromOutput('softsign'),
  exponential: {
    keeps: 'output',
    forward: (kernels, x, y, length) => kernels.exp(x, y, length),
    backward: (kernels, y, dy, length) => kernels.multiply(dy, y, dy, length),
  },
  hard_sigmoid: fromOutput('hardSigmoid'),
  leaky_relu: leakyRelu(0.2),
  relu6: clippedRelu(6),
  swish: fromInput('swish'),
  gelu: fromInput('gelu'),
} as const satisfies Record<string, Activation>;

type Named = keyof typeof activations;

/** An activation option as Keras writes it; `silu` is another name for `swish`. */
export const ActivationNameSchema = z.preprocess(
  (name) => (name === 'silu' ? 'swish' : name),
  z.enum(['linear', ...(Object.keys(activations) as [Named, ...Named[]])]),
);
export type ActivationName = 'linear' | Named;

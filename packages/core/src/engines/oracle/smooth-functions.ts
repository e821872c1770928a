import { normalShare } from '../../elementary/error-function.ts';
import { exp64, expm1 } from '../../elementary/exponential.ts';
import { log1p } from '../../elementary/logarithm.ts';
import { sigmoid64 } from '../../elementary/sigmoid.ts';

/* Smooth activations and their slopes in float64, step by step as the C kernels. */

const INVERSE_SQRT_2_PI = 0.3989422804014327;

/** log(1 + exp(−|x|)), the part of softplus and of binary crossentropy that needs care. */
export function log1pExpMinusAbs(x: number): number {
  return log1p(exp64(x < 0 ? x : -x));
}

export function softplus(x: number): number {
  return (x > 0 ? x : 0) + log1pExpMinusAbs(x);
}

/** d softplus / dx from the output y = softplus(x): 1 − exp(−y). */
export function softplusSlope(y: number): number {
  return -expm1(-y);
}

export function swish(x: number): number {
  return x / (1 + exp64(-x));
}

export function swishSlope(x: number): number {
  const s = sigmoid64(x);
  return s * (1 + x * (1 - s));
}

export function gelu(x: number): number {
  return x * normalShare(x);
}

export function geluSlope(x: number): number {
  return normalShare(x) + x * (exp64(-0.5 * x * x) * INVERSE_SQRT_2_PI);
}

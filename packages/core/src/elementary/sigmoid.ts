import { exp64 } from './exponential.ts';

/* The logistic function and tanh in float64 with + − × ÷ only, step by step as the C kernels. */

/** 1 / (1 + exp(−x)) in float64 for any x. */
export function sigmoid64(x: number): number {
  return 1 / (1 + exp64(-x));
}

/** 1 / (1 + exp(−x)) of a float32, rounded to float32 once. */
export function sigmoid(x: number): number {
  return Math.fround(sigmoid64(x));
}

/** tanh(x) in float64 for any x. */
export function tanh64(x: number): number {
  const magnitude = x < 0 ? -x : x;
  if (magnitude < 0.0625) {
    const s = x * x;
    let p = 62 / 2835;
    p = p * s - 17 / 315;
    p = p * s + 2 / 15;
    p = p * s - 1 / 3;
    p = p * s + 1;
    return x * p;
  }
  const e = exp64(2 * magnitude);
  const t = (e - 1) / (e + 1);
  return x < 0 ? -t : t;
}

/** tanh(x) of a float32, rounded to float32 once. */
export function tanh(x: number): number {
  return Math.fround(tanh64(x));
}

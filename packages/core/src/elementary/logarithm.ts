import { LN_2 } from './constants.ts';

/* log and log1p in float64 with + − × ÷ only, step by step as the C kernels. */

const bits64 = new DataView(new ArrayBuffer(8));
/** Upper half of the float64 √½, so that mantissas lie in [√½, √2). */
const SQRT_HALF_HIGH = 0x3fe6a09e;

/** log((1 + s) / (1 − s)) / s in float64 from z = s², by the series of the inverse hyperbolic tangent. */
function logPolynomial(z: number): number {
  let p = 2 / 19;
  p = p * z + 2 / 17;
  p = p * z + 2 / 15;
  p = p * z + 2 / 13;
  p = p * z + 2 / 11;
  p = p * z + 2 / 9;
  p = p * z + 2 / 7;
  p = p * z + 2 / 5;
  p = p * z + 2 / 3;
  return p * z + 2;
}

/** log(x) in float64 for any normal float64. */
export function log64(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return Number.NaN;
  if (x === Infinity) return Infinity;
  bits64.setFloat64(0, x);
  const high = bits64.getUint32(0);
  const k = (high - SQRT_HALF_HIGH) >> 20;
  bits64.setUint32(0, high - (k << 20));
  const m = bits64.getFloat64(0);
  const s = (m - 1) / (m + 1);
  return k * LN_2 + s * logPolynomial(s * s);
}

/** log(x) of a float32, rounded to float32 once. */
export function log(x: number): number {
  return Math.fround(log64(x));
}

/** log(1 + u) in float64 for u in [0, 1]. */
export function log1p(u: number): number {
  const s = u / (2 + u);
  return s * logPolynomial(s * s);
}

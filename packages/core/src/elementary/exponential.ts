import { LN_2, ROUNDER } from './constants.ts';

/*
 * exp and expm1 in float64 with + − × ÷ only. The C kernels do the same steps in the same order, so both give the same
 * bits. Polynomials are Taylor series cut where the rest is below 2⁻⁴⁰ of the result.
 */

// Written out because ECMAScript calls Math.LOG2E an approximation.
// oxlint-disable-next-line approx-constant
const LOG2_E = 1.4426950408889634;

/** Beyond ±104 float32's exp and sigmoid have overflowed to infinity or underflowed to zero. */
const EXP_LIMIT = 104;
const POWERS_OFFSET = 160;
const POWERS_OF_TWO = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2 * POWERS_OFFSET + 1);
  powers[POWERS_OFFSET] = 1;
  for (let k = 1; k <= POWERS_OFFSET; k++) {
    powers[POWERS_OFFSET + k] = powers[POWERS_OFFSET + k - 1]! * 2;
    powers[POWERS_OFFSET - k] = powers[POWERS_OFFSET - k + 1]! / 2;
  }
  return powers;
}

/** (exp(r) − 1) / r in float64 for r in [−½ ln 2, ½ ln 2]. */
function expPolynomial(r: number): number {
  let p = 1 / 39916800;
  p = p * r + 1 / 3628800;
  p = p * r + 1 / 362880;
  p = p * r + 1 / 40320;
  p = p * r + 1 / 5040;
  p = p * r + 1 / 720;
  p = p * r + 1 / 120;
  p = p * r + 1 / 24;
  p = p * r + 1 / 6;
  p = p * r + 1 / 2;
  return p * r + 1;
}

/** exp(x) in float64 for any x; arguments beyond ±104 count as ±104. */
export function exp64(x: number): number {
  let clamped = x < -EXP_LIMIT ? -EXP_LIMIT : x;
  clamped = clamped > EXP_LIMIT ? EXP_LIMIT : clamped;
  const k = clamped * LOG2_E + ROUNDER - ROUNDER;
  const r = clamped - k * LN_2;
  return (expPolynomial(r) * r + 1) * (POWERS_OF_TWO[k + POWERS_OFFSET] ?? Number.NaN);
}

/** exp(x) − 1 in float64 for any x, as `exp64`; where k is 0 the 1 is never added. */
export function expm1(x: number): number {
  let clamped = x < -EXP_LIMIT ? -EXP_LIMIT : x;
  clamped = clamped > EXP_LIMIT ? EXP_LIMIT : clamped;
  const k = clamped * LOG2_E + ROUNDER - ROUNDER;
  const r = clamped - k * LN_2;
  const small = expPolynomial(r) * r;
  return k === 0 ? small : (small + 1) * (POWERS_OF_TWO[k + POWERS_OFFSET] ?? Number.NaN) - 1;
}

/** exp(x) of a float32, rounded to float32 once. */
export function exp(x: number): number {
  return Math.fround(exp64(x));
}

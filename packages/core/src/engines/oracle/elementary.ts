/*
 * Elementary functions of float32 arguments, computed in float64 with + − × ÷ only and rounded to float32 once
 * at the end. The C kernels do the same steps in the same order, so both give the same bits.
 * Polynomials are Taylor series cut where the rest is below 2⁻⁴⁰ of the result.
 */

// Written out because ECMAScript calls Math.LOG2E and Math.LN2 approximations.
// oxlint-disable-next-line approx-constant
const LOG2_E = 1.4426950408889634;
// oxlint-disable-next-line approx-constant
const LN_2 = 0.6931471805599453;
/** 1.5 · 2⁵²: adding and subtracting it rounds a float64 below 2⁵¹ to the nearest integer, ties to even. */
const ROUNDER = 6755399441055744;

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

export function exp(x: number): number {
  return Math.fround(exp64(x));
}

export function sigmoid(x: number): number {
  return Math.fround(1 / (1 + exp64(-x)));
}

export function tanh(x: number): number {
  return Math.fround(tanh64(x));
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

export function log(x: number): number {
  return Math.fround(log64(x));
}

/** log(1 + u) in float64 for u in [0, 1]. */
export function log1p(u: number): number {
  const s = u / (2 + u);
  return s * logPolynomial(s * s);
}

const TWO_OVER_PI = 0.6366197723675814;
/** π/2 in three parts, the first two of 33 bits: products with integers below 2²⁰ are exact. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const REDUCTION_LIMIT = 1048576;

/** First 256 bits of the fraction 2/π, enough for every float32. */
const TWO_OVER_PI_BITS = 0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561n;
const HALF_PI = 1.5707963267948966;

/** The quadrant and the rest r ∈ [−π/4, π/4] with x = quadrant · π/2 + r (mod 2π). */
function reduceHuge(x: number): { quadrant: number; r: number } {
  bits64.setFloat32(0, x);
  const bits = bits64.getUint32(0);
  const mantissa = BigInt((bits & 0x7fffff) | 0x800000);
  const exponent = ((bits >>> 23) & 0xff) - 150;
  // Bits of 2/π above 2^(1 − exponent) only add multiples of 4 quadrants; 96 bits below are kept.
  const window = (TWO_OVER_PI_BITS >> BigInt(256 - (exponent - 2) - 96)) & ((1n << 96n) - 1n);
  const turns = ((mantissa * window) & ((1n << 96n) - 1n)) >> 32n;
  const quadrant = (turns + (1n << 61n)) >> 62n;
  const fraction = BigInt.asIntN(64, turns - (quadrant << 62n));
  const r = Number(fraction) * 2.168404344971009e-19 * HALF_PI;
  return bits >>> 31 === 0
    ? { quadrant: Number(quadrant), r }
    : { quadrant: -Number(quadrant), r: -r };
}

/** The quadrant and the rest of any x of at most 2²⁰ in magnitude, as `reduceHuge`. */
function reduce(x: number): { quadrant: number; r: number } {
  const k = x * TWO_OVER_PI + ROUNDER - ROUNDER;
  return { quadrant: k, r: x - k * HALF_PI_1 - k * HALF_PI_2 - k * HALF_PI_3 };
}

/** sin(quadrant · π/2 + r) in float64 for r ∈ [−π/4, π/4]. */
function sinInQuadrant(quadrant: number, r: number): number {
  const z = r * r;
  let value: number;
  if ((quadrant & 1) === 0) {
    let p = 1 / 6227020800;
    p = p * z - 1 / 39916800;
    p = p * z + 1 / 362880;
    p = p * z - 1 / 5040;
    p = p * z + 1 / 120;
    p = p * z - 1 / 6;
    p = p * z + 1;
    value = r * p;
  } else {
    let p = -1 / 87178291200;
    p = p * z + 1 / 479001600;
    p = p * z - 1 / 3628800;
    p = p * z + 1 / 40320;
    p = p * z - 1 / 720;
    p = p * z + 1 / 24;
    p = p * z - 1 / 2;
    value = p * z + 1;
  }
  return (quadrant & 2) === 0 ? value : -value;
}

export function sin(x: number): number {
  if (!(x - x === 0)) return Number.NaN;
  const small = x <= REDUCTION_LIMIT && x >= -REDUCTION_LIMIT;
  const { quadrant, r } = small ? reduce(x) : reduceHuge(x);
  return Math.fround(sinInQuadrant(quadrant, r));
}

/** sin(x) in float64 for |x| ≤ 2²⁰; NaN beyond. */
export function sin64(x: number): number {
  if (!(x <= REDUCTION_LIMIT && x >= -REDUCTION_LIMIT)) return Number.NaN;
  const { quadrant, r } = reduce(x);
  return sinInQuadrant(quadrant, r);
}

/** cos(x) in float64 for |x| ≤ 2²⁰; NaN beyond. */
export function cos64(x: number): number {
  if (!(x <= REDUCTION_LIMIT && x >= -REDUCTION_LIMIT)) return Number.NaN;
  const { quadrant, r } = reduce(x);
  return sinInQuadrant(quadrant + 1, r);
}

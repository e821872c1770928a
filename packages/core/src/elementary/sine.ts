import { ROUNDER } from './constants.ts';

/* sin and cos in float64 with + − × ÷ only, step by step as the C kernels. */

const bits64 = new DataView(new ArrayBuffer(8));
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

/** sin(x) of any float32, rounded to float32 once. */
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

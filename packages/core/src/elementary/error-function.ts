import { exp64 } from './exponential.ts';

/* erfc and the standard normal distribution function in float64 with + − × ÷ only, step by step as the C kernels. */

// Written out because ECMAScript calls Math.SQRT1_2 an approximation.
// oxlint-disable-next-line approx-constant
const SQRT_HALF = 0.7071067811865476;
const INVERSE_SQRT_PI = 0.5641895835477563;

/** Φ(x), the standard normal distribution function. */
export function normalShare(x: number): number {
  return 0.5 * erfc(-x * SQRT_HALF);
}

/**
 * erfc(z) for any z by the rational approximations of W. J. Cody, "Rational Chebyshev approximations for the error
 * function", Mathematics of Computation 23, 1969 (coefficients as in his CALERF of 1990).
 */
export function erfc(z: number): number {
  const a = z < 0 ? -z : z;
  if (a <= 0.46875) return 1 - erfSmall(z);
  const upper = exp64(-a * a) * (a <= 4 ? erfcMiddle(a) : erfcLarge(a));
  return z < 0 ? 2 - upper : upper;
}

/** erf(z) for |z| ≤ 0.46875. */
function erfSmall(z: number): number {
  const s = z * z;
  let p = 0.18577770618460315 * s;
  let q = s;
  p = (p + 3.1611237438705655) * s;
  q = (q + 23.601290952344122) * s;
  p = (p + 113.86415415105016) * s;
  q = (q + 244.02463793444417) * s;
  p = (p + 377.485237685302) * s;
  q = (q + 1282.6165260773723) * s;
  return (z * (p + 3209.3775891384694)) / (q + 2844.236833439171);
}

/** exp(a²) · erfc(a) for 0.46875 ≤ a ≤ 4. */
function erfcMiddle(a: number): number {
  let p = 2.1531153547440383e-8 * a;
  let q = a;
  p = (p + 0.5641884969886701) * a;
  q = (q + 15.744926110709835) * a;
  p = (p + 8.883149794388377) * a;
  q = (q + 117.6939508913125) * a;
  p = (p + 66.11919063714163) * a;
  q = (q + 537.1811018620099) * a;
  p = (p + 298.6351381974001) * a;
  q = (q + 1621.3895745666903) * a;
  p = (p + 881.952221241769) * a;
  q = (q + 3290.7992357334597) * a;
  p = (p + 1712.0476126340707) * a;
  q = (q + 4362.619090143247) * a;
  p = (p + 2051.0783778260716) * a;
  q = (q + 3439.3676741437216) * a;
  return (p + 1230.3393547979972) / (q + 1230.3393548037495);
}

/** exp(a²) · erfc(a) for a ≥ 4. */
function erfcLarge(a: number): number {
  const s = 1 / (a * a);
  let p = 0.016315387137302097 * s;
  let q = s;
  p = (p + 0.30532663496123236) * s;
  q = (q + 2.568520192289822) * s;
  p = (p + 0.36034489994980445) * s;
  q = (q + 1.8729528499234673) * s;
  p = (p + 0.12578172611122926) * s;
  q = (q + 0.5279051029514285) * s;
  p = (p + 0.016083785148742275) * s;
  q = (q + 0.06051834131244132) * s;
  const tail = (s * (p + 0.0006587491615298378)) / (q + 0.0023352049762686918);
  return (INVERSE_SQRT_PI - tail) / a;
}

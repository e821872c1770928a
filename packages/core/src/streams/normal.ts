import { normalShare } from '../elementary/error-function.ts';
import { log64 } from '../elementary/logarithm.ts';
import { philoxWords } from './philox.ts';
import type { StreamKey } from './streams.ts';

/** Φ(2), up to which Keras keeps a truncated normal. */
const SHARE_BELOW_TWO = normalShare(2);

/** The middle of the 2²⁴ equal parts of (0, 1) that the word's upper bits name: never 0, never 1. */
function openUnit(word: number): number {
  return ((word >>> 8) + 0.5) * 2 ** -24;
}

/**
 * Normal numbers by inversion, one word each: mean + deviation · Φ⁻¹(u), in float64, rounded once.
 * `truncated` keeps them within two deviations: u is spread over (Φ(−2), Φ(2)) only, the distribution that
 * TensorFlow's `truncated_normal` reaches by drawing again.
 */
export function normals(
  length: number,
  key: StreamKey,
  options: { mean: number; deviation: number; truncated: boolean },
): Float32Array {
  const { mean, deviation, truncated } = options;
  const words = philoxWords(length, key[0], key[1], 0);
  const low = truncated ? 1 - SHARE_BELOW_TWO : 0;
  const width = truncated ? 2 * SHARE_BELOW_TWO - 1 : 1;
  return Float32Array.from(
    words,
    (word) => mean + deviation * normalQuantile(low + width * openUnit(word)),
  );
}

/** a[0] + a[1]·x + …, by Horner's rule. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

const CENTRE = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852854,
  ],
};

const TAIL = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 7.745450142783414e-4,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 5.475938084995345e-4, 1.0507500716444169e-9,
  ],
};

/**
 * Φ⁻¹(p) in float64 for 1e-10 < p < 1 − 1e-10: algorithm AS 241 (PPND16) of M. J. Wichura, "The percentage points of the
 * normal distribution", Applied Statistics 37, 1988. Its third range, beyond 6.3 deviations, is never reached.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE.numerator, r)) / polynomial(CENTRE.denominator, r);
  }
  const r = Math.sqrt(-log64(q < 0 ? p : 1 - p)) - 1.6;
  const value = polynomial(TAIL.numerator, r) / polynomial(TAIL.denominator, r);
  return q < 0 ? -value : value;
}

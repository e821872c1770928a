import { describe, expect, it } from 'vitest';
import { erfc } from '../../src/elementary/error-function.ts';
import { expm1 } from '../../src/elementary/exponential.ts';
import { log1p } from '../../src/elementary/logarithm.ts';
import {
  gelu,
  geluSlope,
  softplus,
  softplusSlope,
  swish,
  swishSlope,
} from '../../src/engines/oracle/smooth-functions.ts';
import { activations64, erf } from '../layers/reference.ts';

const arguments64 = Array.from({ length: 2401 }, (_, index) => (index - 1200) / 101);

/** Far below half a unit in the last place of a float32 (6e-8), so that rounding decides alone. */
const TOLERANCE = 1e-10;

function expectNear(
  ours: (x: number) => number,
  theirs: (x: number) => number,
  xs: number[],
): void {
  const far = xs
    .map((x) => ({ x, ours: ours(x), theirs: theirs(x) }))
    .filter(
      ({ ours, theirs }) => !(Math.abs(ours - theirs) <= TOLERANCE * Math.max(1, Math.abs(theirs))),
    );
  expect(far).toEqual([]);
}

const slope =
  (f: (x: number) => number) =>
  (x: number): number =>
    (f(x + 1e-4) - f(x - 1e-4)) / 2e-4;

describe('smooth functions', () => {
  it('agree with float64 references', () => {
    expectNear(expm1, Math.expm1, arguments64);
    expectNear(
      log1p,
      Math.log1p,
      arguments64.map((x) => Math.abs(x) / 12),
    );
    expectNear(erfc, (x) => 1 - erf(x), arguments64);
    expectNear(softplus, activations64['softplus']!, arguments64);
    expectNear(swish, activations64['swish']!, arguments64);
    expectNear(gelu, activations64['gelu']!, arguments64);
  });

  it('keep their relative precision near 0 and in the tails', () => {
    expect(expm1(-1e-20)).toBe(-1e-20);
    expect(log1p(1e-20)).toBe(1e-20);
    expect(softplus(-40) / Math.exp(-40)).toBeCloseTo(1, 9);
    // erfc(5) from NIST's Digital Library of Mathematical Functions, table 7.23.
    expect(erfc(5) / 1.5374597944280349e-12).toBeCloseTo(1, 9);
    expect(gelu(-1e30)).toBeCloseTo(0, 20);
  });

  it('have the slopes of their differences', () => {
    const moderate = arguments64.filter((x) => Math.abs(x) < 6);
    for (const x of moderate) {
      expect(swishSlope(x)).toBeCloseTo(slope(activations64['swish']!)(x), 6);
      expect(geluSlope(x)).toBeCloseTo(slope(activations64['gelu']!)(x), 6);
      expect(softplusSlope(softplus(x))).toBeCloseTo(slope(activations64['softplus']!)(x), 6);
    }
  });
});

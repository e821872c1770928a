import { describe, expect, it } from 'vitest';
import { mean, quantile, spreadOf, standardDeviation } from '../../src/statistics/spread.ts';
import { toleranceBound, toleranceFactor } from '../../src/statistics/tolerance.ts';

const bound = { coverage: 0.95, confidence: 0.95, resolution: 1e-4 } as const;

describe('toleranceFactor', () => {
  // One-sided factors for 95 % coverage with 95 % confidence, from Natrella's table A-7
  // (Experimental Statistics, NBS Handbook 91, 1963).
  it.each([
    [3, 7.655],
    [5, 4.202],
    [10, 2.911],
    [20, 2.396],
    [50, 2.065],
    [300, 1.8],
  ])('agrees with the published table for n = %i', (n, k) => {
    expect(toleranceFactor(n, 0.95, 0.95)).toBeCloseTo(k, 2);
  });

  it('is a number for any n: it falls towards the normal quantile', () => {
    const factors = [59, 299, 1000, 10_000].map((n) => toleranceFactor(n, 0.95, 0.95));
    expect(factors).toEqual(factors.toSorted((a, b) => b - a));
    expect(factors[0]).toBeCloseTo(2.0259, 4);
    expect(factors.at(-1)).toBeCloseTo(1.6688, 2);
  });

  it('refuses a single trial', () => {
    expect(() => toleranceFactor(1, 0.95, 0.95)).toThrow(/at least 2/u);
  });
});

describe('toleranceBound', () => {
  const accuracies = [0.976, 0.978, 0.975, 0.979, 0.977];

  it('is mean ± k·sd on the identity scale', () => {
    const lower = toleranceBound(accuracies, { ...bound, side: 'lower', scale: 'identity' });
    expect(lower.value).toBeCloseTo(0.977 - 4.2027 * 0.00158114, 5);
    expect(lower).toMatchObject({ n: 5, coverage: 0.95, confidence: 0.95, side: 'lower' });
  });

  it('stays below 1 on the logit scale, even for perfect runs', () => {
    const upper = toleranceBound([1, 0.9999, 1], { ...bound, side: 'upper', scale: 'logit' });
    expect(upper.value).toBeLessThanOrEqual(1);
    expect(upper.value).toBeGreaterThan(0.9999);
  });

  it('holds what it promises: about 95 % of bounds cover at least 95 % of the population', () => {
    // Normal samples by Box and Muller's transform from a fixed congruential sequence.
    let state = 12345;
    const draw = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state + 0.5) / 2 ** 32;
    };
    const normal = (): number => Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
    let kept = 0;
    const k = toleranceFactor(10, 0.95, 0.95);
    const repeats = 2000;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const sample = Array.from({ length: 10 }, normal);
      const lower = mean(sample) - k * standardDeviation(sample);
      // The standard normal's 5 % point: at least 95 % of the population lies above the bound.
      if (lower <= -1.6448536) kept += 1;
    }
    expect(kept / repeats).toBeGreaterThan(0.935);
    expect(kept / repeats).toBeLessThan(0.965);
  });
});

describe('quantile', () => {
  it('interpolates as R and NumPy do by default', () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(quantile([4, 1, 3, 2], 1)).toBe(4);
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject({ mean: 5, sd: 2.13809, median: 4.5 });
  });
});

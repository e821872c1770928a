import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundOrigin } from '../../src/statistics/bound-origin.ts';
import {
  fallsIntoGroups,
  orderStatisticBound,
  toleranceRank,
} from '../../src/statistics/order-statistic.ts';
import { toleranceBound } from '../../src/statistics/tolerance.ts';

const asked = { coverage: 0.95, confidence: 0.95, scale: 'logit' } as const;

describe('toleranceRank', () => {
  // Sample sizes from which the r-th smallest is a lower 95 % / 95 % bound: Natrella's table A-31
  // (Experimental Statistics, NBS Handbook 91, 1963).
  it.each([
    [58, 0],
    [59, 1],
    [92, 1],
    [93, 2],
    [124, 3],
    [153, 4],
  ])('of %i runs is %i', (n, rank) => {
    expect(toleranceRank(n, 0.95, 0.95)).toBe(rank);
  });
});

describe('an order statistic as a bound', () => {
  const runs = Array.from({ length: 93 }, (_, index) => 0.5 + ((index * 37) % 93) / 200);

  it('is one of the measured runs, on the side asked for', () => {
    expect(orderStatisticBound(runs, { ...asked, side: 'lower' })).toMatchObject({
      value: 0.505,
      coverage: 0.95,
      n: 93,
      k: null,
      rank: 2,
    });
    expect(orderStatisticBound(runs, { ...asked, side: 'upper' }).value).toBe(0.955);
  });

  it('needs 59 runs for 95 % of runs with 95 % confidence', () => {
    expect(() => orderStatisticBound(runs.slice(0, 58), { ...asked, side: 'lower' })).toThrow(
      /58 trials are too few/u,
    );
    expect(orderStatisticBound(runs.slice(0, 59), { ...asked, side: 'lower' }).rank).toBe(1);
  });

  it('says where it comes from', () => {
    const bound = orderStatisticBound(runs, { ...asked, side: 'upper' });
    expect(boundOrigin(bound)).toBe('the 2nd largest of 93 runs, as they fall into groups');
    expect(boundOrigin({ ...bound, rank: 1, side: 'lower' })).toMatch(/^the smallest of 93 runs/u);
    const normal = toleranceBound(runs, { ...asked, side: 'lower', resolution: 1e-4 });
    expect(boundOrigin(normal)).toBe(`k = ${normal.k?.toFixed(2)} on the logit scale`);
  });

  it('holds what it promises for runs in two groups, where the normal bound does not', () => {
    // Every tenth run gets stuck near 0.1, exactly the 5 % point lies among those.
    let state = 4711;
    const draw = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state + 0.5) / 2 ** 32;
    };
    const run = (): number => (draw() < 0.1 ? 0.1 + 0.02 * draw() : 0.9 + 0.02 * draw());
    const quantile = 0.11;
    let kept = 0;
    const repeats = 1000;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const sample = Array.from({ length: 60 }, run);
      if (orderStatisticBound(sample, { ...asked, side: 'lower' }).value <= quantile) kept += 1;
    }
    expect(kept / repeats).toBeGreaterThan(0.94);
  });
});

describe('runs', () => {
  it('fall into groups where they are far apart', () => {
    expect(fallsIntoGroups([0.94, 0.67, 0.93, 0.66])).toBe(true);
    expect(fallsIntoGroups([0.6, 0.64, 0.68, 0.7])).toBe(false);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.8, max: 0.94, noNaN: true })), (accuracies) => {
        expect(fallsIntoGroups(accuracies)).toBe(false);
      }),
    );
  });
});

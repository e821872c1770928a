import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proportionInterval } from '../../src/statistics/proportion.ts';

describe("Wilson's interval of a proportion", () => {
  it('ends where the score test just does not reject: 1.96 standard errors of the end itself away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1 }), (n, part) => {
        const hits = Number.isNaN(part) ? 0 : Math.round(part * n);
        const share = hits / n;
        const [low, high] = proportionInterval(hits, n);
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        for (const end of [low, high]) {
          if (end === share) continue;
          const deviations = Math.abs(share - end) / Math.sqrt((end * (1 - end)) / n);
          expect(deviations).toBeCloseTo(1.96, 3);
        }
      }),
    );
  });

  it('starts at zero without a hit and ends at one without a miss', () => {
    expect(proportionInterval(0, 10)[0]).toBe(0);
    expect(proportionInterval(10, 10)[1]).toBe(1);
    expect(proportionInterval(0, 10)[1]).toBeCloseTo(0.2775, 4);
  });

  it('refuses what is no proportion', () => {
    expect(() => proportionInterval(0, 0)).toThrow(RangeError);
    expect(() => proportionInterval(3, 2)).toThrow(RangeError);
  });
});

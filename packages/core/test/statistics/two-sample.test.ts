import { describe, expect, it } from 'vitest';
import { checkNormalFit } from '../../src/statistics/fit-check.ts';
import { compareSamples } from '../../src/statistics/two-sample.ts';
import { normal, numbers, POPULATIONS } from './coverage/populations.ts';

describe('compareSamples', () => {
  it('finds no difference in 95 of 100 pairs of samples of one population, ties or not', () => {
    const draw = numbers(9);
    for (const round of [1e-9, 0.5]) {
      let [rejected, missed, narrower] = [0, 0, 0];
      const pairs = 1000;
      for (let pair = 0; pair < pairs; pair += 1) {
        const sample = (n: number): number[] =>
          Array.from({ length: n }, () => Math.round(normal(draw) / round) * round);
        const { p, low, high, spreadLow, spreadHigh } = compareSamples(sample(60), sample(30));
        if (p < 0.05) rejected += 1;
        if (low > 0 || high < 0) missed += 1;
        if (spreadLow > 1 || spreadHigh < 1) narrower += 1;
      }
      expect(Math.abs(rejected / pairs - 0.05)).toBeLessThan(0.025);
      expect(Math.abs(missed / pairs - 0.05)).toBeLessThan(0.025);
      expect(Math.abs(narrower / pairs - 0.05)).toBeLessThan(0.025);
    }
  });

  it('gives a shift in deviations of the first', () => {
    const first = [1, 2, 3, 4, 5];
    const { effect, spreadRatio, spreadLow, spreadHigh, p } = compareSamples(
      first,
      first.map((value) => 2 * value + 10),
    );
    expect(effect).toBeCloseTo(13 / Math.sqrt(2.5), 10);
    expect(spreadRatio).toBeCloseTo(2, 10);
    // 2 / √9.60453 and 2 · √9.60453: SciPy's f.ppf(0.975, 4, 4).
    expect(spreadLow).toBeCloseTo(0.645344, 5);
    expect(spreadHigh).toBeCloseTo(6.198235, 5);
    // The outermost of all orders: R's wilcox.test(exact = FALSE) gives 0.01219.
    expect(p).toBeCloseTo(0.01219, 4);
    expect(() => compareSamples([1], first)).toThrow(RangeError);
  });
});

describe('checkNormalFit', () => {
  it('rejects normal values as often as it says, and skewed ones nearly always', () => {
    const draw = numbers(4);
    const rejectedOf = (deviate: (draw: () => number) => number): number => {
      let rejected = 0;
      for (let round = 0; round < 400; round += 1) {
        const values = Array.from({ length: 100 }, () => deviate(draw));
        if ((checkNormalFit(values)?.p ?? 1) < 0.05) rejected += 1;
      }
      return rejected / 400;
    };
    expect(Math.abs(rejectedOf(normal) - 0.05)).toBeLessThan(0.045);
    expect(rejectedOf(POPULATIONS['skewed']?.deviate ?? normal)).toBeGreaterThan(0.9);
    expect(checkNormalFit([1, 1, 1, 1, 1, 1, 1, 1])).toBeNull();
    expect(checkNormalFit([1, 2, 3])).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { runsUntilWorking } from '../../src/statistics/working-runs.ts';
import { monteCarloError, numbers } from './coverage/populations.ts';

const SIMULATIONS = 400;
const NEEDED = 164;

/** How many of `n` runs get stuck. */
function stuckOf(n: number, share: number, draw: () => number): number {
  let stuck = 0;
  for (let run = 0; run < n; run += 1) if (draw() < share) stuck += 1;
  return stuck;
}

describe('further runs until enough of them work', () => {
  it.each([
    [0.05, 60],
    [0.4, 60],
    [0.65, 60],
    [0.55, 299],
  ])('are enough 19 times in 20 where %d get stuck, by %i runs', (share, n) => {
    const draw = numbers(n * 100 * share);
    let [enough, expected] = [0, 0];
    for (let at = 0; at < SIMULATIONS; at += 1) {
      const stuck = stuckOf(n, share, draw);
      const missing = NEEDED - (n - stuck);
      const works = (further: number): boolean =>
        further - stuckOf(further, share, draw) >= missing;
      if (works(runsUntilWorking(missing, stuck, n) ?? 0)) enough += 1;
      if (works(Math.ceil((NEEDED * n) / (n - stuck)) - n)) expected += 1;
    }
    expect(enough / SIMULATIONS).toBeGreaterThan(0.95 - monteCarloError(0.95, SIMULATIONS));
    // As many as are expected are too few about every other time.
    expect(Math.abs(expected / SIMULATIONS - 0.5)).toBeLessThan(0.15);
  });

  it('are none where enough work, one a run where none gets stuck but for a few, and more the more do', () => {
    expect(runsUntilWorking(0, 5, 60)).toBe(0);
    expect(runsUntilWorking(100, 0, 1000)).toBeLessThan(103);
    const plans = [0, 10, 20, 30, 40, 50].map((stuck) => runsUntilWorking(50, stuck, 60) ?? 0);
    expect(plans).toEqual(plans.toSorted((a, b) => a - b));
    expect(runsUntilWorking(164, 60, 60)).toBeNull();
  });
});

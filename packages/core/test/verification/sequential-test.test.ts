import { describe, expect, it } from 'vitest';
import { boundShares } from '../../src/statistics/bound-shares.ts';
import { toleranceFactor } from '../../src/statistics/tolerance.ts';
import type { ToleranceBound } from '../../src/statistics/tolerance-bound.ts';
import {
  MISSED,
  NIGHT_FALSE_ALARM,
  nightlyPlan,
  sequentialDecision,
  type SequentialPlan,
} from '../../src/verification/sequential-test.ts';

const common = {
  value: 0,
  side: 'lower',
  coverage: 0.95,
  confidence: 0.95,
  scale: 'logit',
} as const;
const normal = (n: number): ToleranceBound => ({ ...common, n, k: toleranceFactor(n, 0.95, 0.95) });

/** The exact distribution of what is decided when every run passes with probability p: a sum over all paths. */
function exactly(p: number, plan: SequentialPlan): { sick: number; healthy: number; runs: number } {
  const known = knownOf(plan);
  let open = new Map([['0,0', 1]]);
  let [sick, healthy, runs] = [0, 0, 0];
  while (open.size > 0) {
    const next = new Map<string, number>();
    for (const [state, probability] of open) {
      const [passed = 0, failed = 0] = state.split(',').map(Number);
      runs += probability;
      for (const [a, b, share] of [
        [passed + 1, failed, p],
        [passed, failed + 1, 1 - p],
      ] as const) {
        const name = `${a},${b}`;
        const decision = known.get(name) ?? sequentialDecision(a, b, plan);
        known.set(name, decision);
        if (decision === 'sick') sick += probability * share;
        else if (decision === 'healthy') healthy += probability * share;
        else next.set(name, (next.get(name) ?? 0) + probability * share);
      }
    }
    open = next;
  }
  expect(sick + healthy).toBeCloseTo(1, 10);
  return { sick, healthy, runs };
}

/** Decisions that were made before: each goes over all shares of the plan. */
const decisions = new Map<SequentialPlan, Map<string, ReturnType<typeof sequentialDecision>>>();

function knownOf(plan: SequentialPlan): Map<string, ReturnType<typeof sequentialDecision>> {
  const known = decisions.get(plan) ?? new Map();
  decisions.set(plan, known);
  return known;
}

describe('the share of runs that a measured bound lets pass', () => {
  it.each([5, 10, 20, 59])('of %i runs covers 95 percent in 95 of 100 calibrations', (n) => {
    const shares = boundShares(normal(n));
    const covered = shares.filter((share) => share >= 0.95).length / shares.length;
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });

  it('is Beta where the bound is one of the values', () => {
    const shares = boundShares({ ...common, n: 59, k: null, rank: 1 });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeCloseTo(59 / 60, 3);
  });
});

describe('the sequential test of a night', () => {
  it('alarms in no more nights than it says, over what the bound may be, of thirty exercises as a whole', () => {
    for (const n of [5, 10, 20, 299]) {
      const plan = nightlyPlan(normal(n), 30);
      // Every hundredth share, with the ends: the mean over them is that over all to a tenth.
      const shares = plan.healthy.toSorted((a, b) => a - b).filter((_, at) => at % 100 === 50);
      const alarms = shares.map((share) => exactly(share, plan).sick);
      const mean = alarms.reduce((sum, value) => sum + value, 0) / alarms.length;
      expect(1 - (1 - mean) ** 30).toBeLessThanOrEqual(NIGHT_FALSE_ALARM);
    }
  });

  it('misses a sick lab no more often than it says', () => {
    for (const n of [5, 10, 20, 59, 299]) {
      const plan = nightlyPlan(normal(n), 30);
      expect(exactly(plan.sick, plan).healthy).toBeLessThanOrEqual(MISSED);
      expect(exactly(0.5, plan).healthy).toBeLessThanOrEqual(0.0015);
    }
  });

  it('lets a lab that always passes go after about eleven runs, and finds one that never does after a few', () => {
    const plan = nightlyPlan(normal(20), 30);
    expect(exactly(1, plan)).toMatchObject({ sick: 0 });
    expect(exactly(1, plan).runs).toBeLessThanOrEqual(12);
    expect(exactly(0, plan).runs).toBeLessThanOrEqual(6);
  });
});

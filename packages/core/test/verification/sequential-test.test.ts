import { describe, expect, it } from 'vitest';
import { normalShare } from '../../src/elementary/error-function.ts';
import { honestShares } from '../../src/statistics/operating-curve.ts';
import { modelOfRuns, type RunKind } from '../../src/statistics/run-model.ts';
import { fromLogit } from '../../src/statistics/run-scale.ts';
import { toleranceFactor } from '../../src/statistics/tolerance.ts';
import {
  MISSED,
  NIGHT_FALSE_ALARM,
  nightlyPlan,
  sequentialDecision,
  type SequentialPlan,
} from '../../src/verification/sequential-test.ts';

/** What may pass of an exercise whose n runs lie as a normal distribution does, with a mark for 1 in 200 of them. */
function alike(n: number): { kind: RunKind; shares: readonly number[] } {
  return { kind: 'alike', shares: honestShares(normalRuns(n), -toleranceFactor(n, 0.995, 0.95)) };
}

/** The same where some runs get stuck: three of five unless told. */
function sticking(
  n: number,
  working = Math.round((2 * n) / 5),
): { kind: RunKind; shares: readonly number[] } {
  const model = { ...normalRuns(working), kind: 'may-stick' as const, n, stuck: n - working };
  return { kind: 'may-stick', shares: honestShares(model, -toleranceFactor(working, 0.995, 0.95)) };
}

function normalRuns(n: number): ReturnType<typeof modelOfRuns> {
  const raw = Array.from({ length: n }, (_, at) => quantileOf((at + 0.5) / n));
  const squares = raw.reduce((sum, value) => sum + value ** 2, 0);
  const values = raw.map((value) => fromLogit(value / Math.sqrt(squares / (n - 1))));
  return modelOfRuns(values, { kind: 'alike', resolution: 1e-9 });
}

function quantileOf(share: number): number {
  let [low, high] = [-9, 9];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return low;
}

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

describe('the share of runs that a measured mark lets pass', () => {
  it.each([5, 10, 20, 59])('of %i runs is 99.5 percent or more in 95 of 100 calibrations', (n) => {
    const { shares } = alike(n);
    const covered = shares.filter((share) => share >= 0.995).length / shares.length;
    expect(covered).toBeGreaterThan(0.94);
    expect(covered).toBeLessThan(0.96);
  });
});

describe('the sequential test of a night', () => {
  it('alarms in no more nights than it says, over what the bound may be, of thirty exercises as a whole', () => {
    for (const n of [5, 10, 20, 299]) {
      const plan = nightlyPlan(alike(n), 30);
      // Every tenth share: the mean over them is that over all to a tenth.
      const shares = plan.healthy.filter((_, at) => at % 10 === 5);
      const alarms = shares.map((share) => exactly(share, plan).sick);
      const mean = alarms.reduce((sum, value) => sum + value, 0) / alarms.length;
      expect(1 - (1 - mean) ** 30).toBeLessThanOrEqual(NIGHT_FALSE_ALARM);
    }
  });

  it('misses a sick lab no more often than it says', () => {
    for (const n of [5, 10, 20, 59, 299]) {
      const plan = nightlyPlan(alike(n), 30);
      expect(exactly(plan.sick, plan).healthy).toBeLessThanOrEqual(MISSED);
      expect(exactly(0.5, plan).healthy).toBeLessThanOrEqual(0.0015);
    }
  });

  it('lets a lab that always passes go after about eleven runs, and finds one that never does after a few', () => {
    const plan = nightlyPlan(alike(20), 30);
    expect(exactly(1, plan)).toMatchObject({ sick: 0 });
    expect(exactly(1, plan).runs).toBeLessThanOrEqual(12);
    expect(exactly(0, plan).runs).toBeLessThanOrEqual(6);
  });

  it('asks as much of a lab where few runs get stuck as of one where none do', () => {
    const plan = nightlyPlan(sticking(299, 294), 30);
    expect(plan).toMatchObject({ kind: 'alike', sick: 0.7 });
    expect(exactly(0.98, plan).sick).toBeLessThan(0.001);
    expect(exactly(plan.sick, plan).healthy).toBeLessThanOrEqual(MISSED);
    expect(nightlyPlan(sticking(299), 30)).toMatchObject({ kind: 'may-stick' });
  });

  it('keeps to both where most runs get stuck', () => {
    for (const n of [60, 299]) {
      const plan = nightlyPlan(sticking(n), 30);
      const shares = plan.healthy.filter((_, at) => at % 10 === 5);
      const alarms = shares.map((share) => exactly(share, plan).sick);
      const mean = alarms.reduce((sum, value) => sum + value, 0) / alarms.length;
      expect(1 - (1 - mean) ** 30).toBeLessThanOrEqual(NIGHT_FALSE_ALARM);
      expect(exactly(plan.sick, plan).healthy).toBeLessThanOrEqual(MISSED);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { NIGHTLY_PLAN } from '../../src/index.ts';
import { sequentialDecision } from '../../src/verification/sequential-test.ts';

/**
 * The exact distribution of what the test decides when every run passes with probability p:
 * a sum over all paths, carried as the probability of (passed, failed) still being undecided.
 */
function exactly(p: number): { sick: number; healthy: number; expectedRuns: number } {
  let open = new Map([['0,0', 1]]);
  let sick = 0;
  let healthy = 0;
  let expectedRuns = 0;
  for (let runs = 0; runs < NIGHTLY_PLAN.most; runs += 1) {
    const next = new Map<string, number>();
    for (const [state, probability] of open) {
      const [passed = 0, failed = 0] = state.split(',').map(Number);
      expectedRuns += probability;
      for (const [more, share] of [
        [[passed + 1, failed], p],
        [[passed, failed + 1], 1 - p],
      ] as const) {
        const decision = sequentialDecision(more[0], more[1]);
        if (decision === 'sick') sick += probability * share;
        else if (decision === 'healthy') healthy += probability * share;
        else next.set(more.join(','), (next.get(more.join(',')) ?? 0) + probability * share);
      }
    }
    open = next;
  }
  expect([...open.values()].reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
  return { sick, healthy, expectedRuns };
}

describe('the sequential test of a night', () => {
  it('calls a healthy lab sick no more often than it says', () => {
    const { sick, healthy, expectedRuns } = exactly(NIGHTLY_PLAN.healthy);
    expect(sick).toBeLessThanOrEqual(NIGHTLY_PLAN.falseAlarm);
    expect(sick + healthy).toBeCloseTo(1, 10);
    expect(expectedRuns).toBeLessThan(20);
  });

  it('misses a sick lab no more often than it says', () => {
    const { healthy, expectedRuns } = exactly(NIGHTLY_PLAN.sick);
    expect(healthy).toBeLessThanOrEqual(NIGHTLY_PLAN.miss);
    expect(expectedRuns).toBeLessThan(20);
  });

  it('finds a lab that never passes after three runs, and lets one that always passes go after eleven', () => {
    expect(sequentialDecision(0, 2)).toBe('undecided');
    expect(sequentialDecision(0, 3)).toBe('sick');
    expect(sequentialDecision(10, 0)).toBe('undecided');
    expect(sequentialDecision(11, 0)).toBe('healthy');
  });
});

import { proportionInterval } from '../statistics/proportion.ts';
import type { PlaygroundRun } from './run.ts';

/** In how many runs the test loss got below the target. */
export interface SuccessRate {
  readonly runs: number;
  readonly successes: number;
  readonly rate: number;
  /** Wilson's 95 % interval of the probability that a run succeeds. */
  readonly interval: readonly [low: number, high: number];
}

/** The success rate of some runs of one configuration, which differ in their seeds. */
export function successRate(runs: readonly Pick<PlaygroundRun, 'firstUnderTarget'>[]): SuccessRate {
  const successes = runs.filter(({ firstUnderTarget }) => firstUnderTarget !== null).length;
  return {
    runs: runs.length,
    successes,
    rate: successes / runs.length,
    interval: proportionInterval(successes, runs.length),
  };
}

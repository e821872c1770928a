/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';
import { normalShare } from '../elementary/error-function.ts';
import { mean, standardDeviation } from './spread.ts';

/** How two samples of runs differ. */
export interface TwoSamples {
  /** Mean of the second less that of the first, in standard deviations of the first, with a 95 % interval. */
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the second over that of the first, with a 95 % interval that takes both for normal. */
  readonly spreadRatio: number;
  readonly spreadLow: number;
  readonly spreadHigh: number;
  /** Probability of ranks at least as far apart if both come from one population (Mann and Whitney), two-sided. */
  readonly p: number;
}

// jStat is a CommonJS module: Node sees only its default export.
const { jStat } = jstat;

/** 97.5 % point of the normal distribution. */
const Z = 1.959964;

/**
 * Compares two samples: the effect with Welch's standard error, and the rank test of H. B. Mann and D. R. Whitney
 * (Annals of Mathematical Statistics 18, 1947) with the correction for ties, by its normal approximation, which is
 * good from 8 values a side on; spreads by Fisher's F, the ratio of the variances of two normal samples. Throws a RangeError for fewer than 2 values a side.
 */
export function compareSamples(first: readonly number[], second: readonly number[]): TwoSamples {
  if (Math.min(first.length, second.length) < 2) {
    throw new RangeError(
      `two samples need 2 values each, not ${first.length} and ${second.length}`,
    );
  }
  const [sd, other] = [standardDeviation(first), standardDeviation(second)];
  const effect = (mean(second) - mean(first)) / sd;
  const error = Math.sqrt(1 / first.length + (other / sd) ** 2 / second.length);
  const ratio = other / sd;
  const chance = (share: number): number =>
    Math.sqrt(jStat.centralF.inv(share, second.length - 1, first.length - 1));
  return {
    effect,
    low: effect - Z * error,
    high: effect + Z * error,
    spreadRatio: ratio,
    spreadLow: ratio / chance(0.975),
    spreadHigh: ratio / chance(0.025),
    p: rankProbability(first, second),
  };
}

function rankProbability(first: readonly number[], second: readonly number[]): number {
  const [n, m] = [first.length, second.length];
  const sorted = [...first, ...second].toSorted((a, b) => a - b);
  const ranks = new Map<number, number>();
  let ties = 0;
  for (let at = 0; at < sorted.length;) {
    let end = at;
    while (end < sorted.length && sorted[end] === sorted[at]) end += 1;
    // Equal values share the mean of their ranks, which count from 1.
    ranks.set(sorted[at] ?? 0, (at + end + 1) / 2);
    ties += (end - at) ** 3 - (end - at);
    at = end;
  }
  const sum = second.reduce((total, value) => total + (ranks.get(value) ?? 0), 0);
  const u = sum - (m * (m + 1)) / 2;
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - ties / (all * (all - 1)));
  if (!(variance > 0)) return 1;
  // Half a rank nearer, since ranks are whole.
  const away = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * normalShare(-away));
}

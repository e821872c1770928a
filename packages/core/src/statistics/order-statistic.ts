import type { ToleranceBound } from '../bands.ts';
import { rounded } from './spread.ts';

/**
 * Neighbouring accuracies farther apart than this show that runs fall into groups. In a network whose output units can
 * die each dead unit of ten costs about 0.1; the runs of a recipe without groups lie within 0.02 of their neighbours.
 */
export const GROUP_GAP = 0.05;

/** Whether runs fall into groups, so that no normal distribution describes them. */
export function fallsIntoGroups(accuracies: readonly number[]): boolean {
  const sorted = accuracies.toSorted((a, b) => a - b);
  return sorted.some(
    (value, index) => index > 0 && value - (sorted[index - 1] ?? value) > GROUP_GAP,
  );
}

/**
 * The greatest rank r for which the r-th smallest of n observations, of any continuous distribution, is a lower
 * tolerance bound: P(at most r − 1 of n fall below the quantile) ≤ 1 − confidence. 0 where n is too small
 * (S. S. Wilks, Annals of Mathematical Statistics 12, 1941; NIST/SEMATECH e-Handbook, section 7.2.6.4).
 */
export function toleranceRank(n: number, coverage: number, confidence: number): number {
  // The binomial probabilities of 0, 1, 2, … observations below the quantile, and their sum.
  let probability = coverage ** n;
  let sum = probability;
  let rank = 0;
  while (sum <= 1 - confidence && rank < n) {
    rank += 1;
    probability *= ((n - rank + 1) / rank) * ((1 - coverage) / coverage);
    sum += probability;
  }
  return rank;
}

/**
 * A one-sided tolerance bound that holds for every distribution. Too few observations for the coverage asked for give
 * the extreme one, with the coverage that it has: (1 − confidence)^(1/n).
 */
export function orderStatisticBound(
  values: readonly number[],
  options: { side: 'lower' | 'upper'; scale: ToleranceBound['scale'] } & Pick<
    ToleranceBound,
    'coverage' | 'confidence'
  >,
): ToleranceBound {
  const { side, scale, coverage, confidence } = options;
  const n = values.length;
  const rank = toleranceRank(n, coverage, confidence);
  const sorted = values.toSorted((a, b) => (side === 'lower' ? a - b : b - a));
  const value = sorted[Math.max(rank, 1) - 1];
  if (value === undefined) throw new RangeError('a tolerance bound needs at least 1 trial, not 0');
  return {
    value: rounded(value),
    side,
    coverage: rank > 0 ? coverage : rounded((1 - confidence) ** (1 / n)),
    confidence,
    n,
    k: null,
    rank: Math.max(rank, 1),
    scale,
  };
}

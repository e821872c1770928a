import type { ToleranceBound } from './tolerance-bound.ts';
import { rounded } from './spread.ts';

/**
 * Accuracies that span more than this fall into groups: in a network whose output units can die, each dead unit of ten
 * costs about 0.1, and the labs' recipes of that kind span 0.29 to 0.40. Those of all others span 0.11 at most.
 */
const GROUPS_RANGE = 0.15;

/** Whether runs fall into groups, so that no normal distribution describes them. */
export function fallsIntoGroups(accuracies: readonly number[]): boolean {
  return Math.max(...accuracies) - Math.min(...accuracies) > GROUPS_RANGE;
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
 * A one-sided tolerance bound that holds for every distribution. Throws a RangeError where the values are too few for
 * the coverage: 59 are the fewest for 95 % with 95 % confidence.
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
  const value = sorted[rank - 1];
  if (value === undefined) {
    throw new RangeError(`${n} trials are too few for an order statistic as a bound`);
  }
  return { value: rounded(value), side, coverage, confidence, n, k: null, rank, scale };
}

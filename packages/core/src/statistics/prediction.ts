/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';
import { mean, rounded, standardDeviation } from './spread.ts';

const { jStat } = jstat;

/**
 * How likely a further run is to lie at least as far from the mean of some runs as an accuracy does, two-sided: Student's
 * t of a prediction, (x − mean) / (sd · √(1 + 1/n)) with n − 1 degrees of freedom, on the logit scale
 * (NIST/SEMATECH e-Handbook of Statistical Methods, section 7.2.6.2). `resolution` is the smallest step of the accuracy
 * (one test image): values of exactly 0 or 1 are moved half a step inwards, and runs that are all the same are taken to
 * scatter by half a step. Throws a `RangeError` for fewer than two runs.
 */
export function predictionProbability(
  runs: readonly number[],
  accuracy: number,
  resolution: number,
): number {
  if (runs.length < 2)
    throw new RangeError(`a prediction needs at least 2 runs, not ${runs.length}`);
  const logit = (value: number): number => {
    const inside = Math.min(Math.max(value, resolution / 2), 1 - resolution / 2);
    return Math.log(inside / (1 - inside));
  };
  const logits = runs.map(logit);
  const centre = Math.min(Math.max(mean(runs), resolution), 1 - resolution);
  const least = Math.abs(logit(centre + resolution / 2) - logit(centre - resolution / 2)) / 2;
  const sd = Math.max(standardDeviation(logits), least);
  const t = Math.abs(logit(accuracy) - mean(logits)) / (sd * Math.sqrt(1 + 1 / runs.length));
  return rounded(Math.min(1, 2 * (1 - jStat.noncentralt.cdf(t, runs.length - 1, 0))));
}

import { normalShare } from '../elementary/error-function.ts';
import type { RunModel } from './run-model.ts';
import { crossing, insideUnit, logit } from './run-scale.ts';
import { rounded } from './spread.ts';
import { ownSpread } from './spread-posterior.ts';

/**
 * How likely a further run is to lie at least as far from the mean of some runs as an accuracy does, two-sided, on the
 * logit scale: of those that work Student's t of a prediction, (x − mean) / (sd · √(1 + 1/n)) with n − 1 degrees of
 * freedom (NIST/SEMATECH e-Handbook of Statistical Methods, section 7.2.6.2), or with what sisters tell of the spread.
 * Where runs may get stuck, one that lies below all that work is as likely as one that gets stuck.
 */
export function furtherRunProbability(
  model: RunModel,
  accuracy: number,
  resolution: number,
): number {
  const { kind, n, stuck, working, centre, spread } = model;
  const at = logit(insideUnit(accuracy, resolution));
  const further = Math.sqrt(1 + 1 / working.length);
  const likely = spread.weights.reduce(
    (sum, weight, index) =>
      sum +
      2 * weight * normalShare((-Math.abs(at - centre) * (spread.inverse[index] ?? 0)) / further),
    0,
  );
  const stuckShare = kind === 'alike' ? 0 : (stuck + 0.5) / (n + 1);
  const asStuck = at < (working[0] ?? at) ? stuckShare : 0;
  return rounded(Math.min(1, Math.max(asStuck, (1 - stuckShare) * likely)));
}

/**
 * The t for which a further value lies beyond mean ± t·sd of n normal ones with some probability, two-sided, by the
 * same prediction.
 */
export function predictionFactor(n: number, probability: number): number {
  const { inverse, weights } = ownSpread(n, 1);
  const further = Math.sqrt(1 + 1 / n);
  const within = (factor: number): number =>
    1 -
    2 *
      weights.reduce(
        (sum, weight, at) => sum + weight * normalShare((-factor * (inverse[at] ?? 0)) / further),
        0,
      );
  return crossing(within, 1 - probability, [0, 10_000], 60);
}

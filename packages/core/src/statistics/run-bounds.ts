import { normalShare } from '../elementary/error-function.ts';
import { toleranceRank } from './order-statistic.ts';
import { CONFIDENCE, type PassingRule } from './passing-rule.ts';
import type { RunModel } from './run-model.ts';
import { crossing, normalPoint } from './run-scale.ts';
import { confidenceOf, toleranceFactor } from './tolerance.ts';

/** A bound on the logit scale, and how it came about. */
export interface RunBound {
  readonly logit: number;
  /** The rank of the run that it is; null where it follows from the spread. */
  readonly rank: number | null;
}

/**
 * The bound beyond which at most 1 in `oneIn` runs that work lies, with 95 % confidence: one of the runs themselves
 * where there are enough of them for any distribution (598 for 1 in 200), else from their centre and spread.
 */
export function honestBound(model: RunModel, side: 'lower' | 'upper', oneIn: number): RunBound {
  const { working } = model;
  const rank = toleranceRank(working.length, 1 - 1 / oneIn, CONFIDENCE);
  const run = working.at(side === 'lower' ? rank - 1 : -rank);
  if (rank > 0 && run !== undefined) return { logit: run, rank };
  const distance = factorOf(model, 1 - 1 / oneIn, CONFIDENCE) * model.sd;
  return { logit: model.centre + (side === 'lower' ? -distance : distance), rank: null };
}

/**
 * The mark that models `shiftSd` standard deviations below the runs pass at most 1 in `oneIn` times, with 95 %
 * confidence.
 */
export function worseBound(model: RunModel, { shiftSd, oneIn }: PassingRule['worse']): number {
  const share = normalShare(shiftSd - normalPoint(1 - 1 / oneIn));
  return model.centre - factorOf(model, share, 1 - CONFIDENCE) * model.sd;
}

/** The k for which the share `coverage` lies above centre − k·sd with some confidence. */
function factorOf(
  { spreadFrom, working, sd, spread }: RunModel,
  coverage: number,
  confidence: number,
): number {
  const n = working.length;
  if (spreadFrom === 'own') return toleranceFactor(n, coverage, confidence);
  const [z, root] = [normalPoint(coverage), Math.sqrt(n)];
  const reached = (k: number): number =>
    spread.weights.reduce(
      (sum, weight, at) =>
        sum + weight * normalShare(root * (k * sd * (spread.inverse[at] ?? 0) - z)),
      0,
    );
  return crossing(reached, confidence, [-50, 200]);
}

/** Numbers of runs that were asked for before: labs have few rules. */
const enough = new Map<string, number | null>();

/**
 * The fewest runs with which a rule keeps both promises by one mark, if runs are normal: then nobody has to read what
 * lies in between. `null` for a rule that no number of runs fulfils, because even known exactly a mark that lets honest
 * runs pass lets too many others pass.
 */
export function enoughRuns({ honest, worse }: PassingRule): number | null {
  const [coverage, other] = [
    1 - 1 / honest.oneIn,
    normalShare(worse.shiftSd - normalPoint(1 - 1 / worse.oneIn)),
  ];
  const name = `${coverage}/${other}`;
  const known = enough.get(name);
  if (known !== undefined) return known;
  const found = coverage >= other ? null : fewestRuns(coverage, other);
  enough.set(name, found);
  return found;
}

/**
 * The fewest runs with which as many standard deviations as the share `coverage` asks for are no more than the share
 * `other` allows.
 */
function fewestRuns(coverage: number, other: number): number | null {
  const holds = (n: number): boolean =>
    confidenceOf(n, other)(toleranceFactor(n, coverage, CONFIDENCE)) <= 1 - CONFIDENCE;
  let [few, many] = [2, 4];
  while (!holds(many)) {
    few = many;
    many *= 2;
    if (many > 1_000_000) return null;
  }
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (holds(middle)) many = middle;
    else few = middle;
  }
  return many;
}

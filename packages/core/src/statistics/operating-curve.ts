import { z } from 'zod';
import { normalShare } from '../elementary/error-function.ts';
import type { RunModel } from './run-model.ts';
import { crossing } from './run-scale.ts';
import { proportionInterval } from './proportion.ts';
import { rounded } from './spread.ts';
import { stuckShare } from './stuck-share.ts';

/** What becomes of models so many standard deviations (logit scale) worse than runs of the recipe. */
export const OperatingPointSchema = z.strictObject({
  shiftSd: z.number(),
  /** The share of them at or above the pass mark, with a 95 % interval. */
  pass: z.number(),
  low: z.number(),
  high: z.number(),
  /** The share that gets the points without a reader, and the share that loses them without one. */
  sure: z.number().optional(),
  lost: z.number().optional(),
});
export type OperatingPoint = z.infer<typeof OperatingPointSchema>;

/** Marks on the logit scale. */
export interface CurveMarks {
  readonly pass: number;
  readonly sureFrom: number;
  readonly lostBelow: number;
}

/** 0 is an honest run. */
const SHIFTS = [0, 1, 2, 3, 4, 5] as const;

/** From so many runs on a share that they do not show themselves is not believed. */
const SHOWN_FROM = 59;

/**
 * Which share of honest runs passes, and of models that are 1 to 5 standard deviations worse. From 59 runs on the
 * interval also holds what the runs themselves show (Wilson's interval of those at or above the mark, shifted down),
 * and the share lies within that: a normal distribution of skewed runs would promise more than was seen.
 */
export function operatingCurve(model: RunModel, marks: CurveMarks): OperatingPoint[] {
  return SHIFTS.map((shiftSd) => {
    const pass = shareAbove(model, marks.pass, shiftSd);
    const sure = marks.sureFrom === marks.pass ? pass : shareAbove(model, marks.sureFrom, shiftSd);
    const kept = shareAbove(model, marks.lostBelow, shiftSd);
    return {
      shiftSd,
      pass: rounded(pass.share),
      low: rounded(pass.low),
      high: rounded(pass.high),
      sure: rounded(Math.min(pass.share, sure.share)),
      // Stuck runs wait for a reader.
      lost: rounded(Math.max(0, 1 - meanStuck(model) - kept.share)),
    };
  });
}

/** The share of runs, shifted down, that work and lie at or above a mark. */
function shareAbove(
  model: RunModel,
  mark: number,
  shift: number,
): { readonly share: number; readonly low: number; readonly high: number } {
  const [low = 0, high = 1] = passQuantiles(model, mark, shift, [0.025, 0.975]);
  // A mean may lie beyond the interval where nearly all passes or nearly nothing does.
  const share = within((1 - meanStuck(model)) * meanShare(model, mark, shift), [low, high]);
  const shown = shownInterval(model, mark, shift) ?? [low, high];
  return {
    share: within(share, shown),
    low: Math.min(low, shown[0]),
    high: Math.max(high, shown[1]),
  };
}

function within(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(Math.max(value, low), high);
}

function shownInterval(
  { n, working, sd }: RunModel,
  mark: number,
  shift: number,
): readonly [number, number] | null {
  if (working.length < SHOWN_FROM) return null;
  return proportionInterval(working.filter((value) => value - shift * sd >= mark).length, n);
}

/** Shares of honest runs that may reach a mark, each as likely as the others, from the smallest up. */
export function honestShares(model: RunModel, mark: number, count = 200): number[] {
  const probabilities = Array.from({ length: count }, (_, at) => (at + 0.5) / count);
  return passQuantiles(model, mark, 0, probabilities);
}

/** The expected share of runs that work, shifted down, at or above a mark: Student's prediction where the spread is their own. */
function meanShare({ working, centre, spread }: RunModel, mark: number, shift: number): number {
  const further = Math.sqrt(1 + 1 / working.length);
  return spread.weights.reduce(
    (sum, weight, at) =>
      sum + weight * normalShare(((centre - mark) * (spread.inverse[at] ?? 0) - shift) / further),
    0,
  );
}

function meanStuck({ kind, stuck, n }: RunModel): number {
  return kind === 'alike' ? 0 : (stuck + 0.5) / (n + 1);
}

/**
 * The values below which the share of passing models lies with some probabilities. A share Φ((μ − mark)/σ − shift) is at
 * most Φ(z) where μ ≤ mark + σ·(z + shift), and μ is normal around the centre with variance σ²/n.
 */
function passQuantiles(
  model: RunModel,
  mark: number,
  shift: number,
  probabilities: readonly number[],
): number[] {
  const { kind, n, stuck, working, centre, spread } = model;
  const root = Math.sqrt(working.length);
  const below = (z: number): number =>
    spread.weights.reduce(
      (sum, weight, at) =>
        sum +
        weight * normalShare(root * ((mark - centre) * (spread.inverse[at] ?? 0) + z + shift)),
      0,
    );
  if (kind === 'alike') {
    return probabilities.map((probability) =>
      normalShare(crossing(below, probability, [-10, 10], 30)),
    );
  }
  const table = POINTS.map(below);
  const { shares, weights } = stuckShare(stuck, n);
  const atMost = (share: number): number =>
    shares.reduce((sum, lost, at) => {
      const ofWorking = share / (1 - lost);
      return sum + (weights[at] ?? 0) * (ofWorking >= 1 ? 1 : between(SHARES, ofWorking, table));
    }, 0);
  return probabilities.map((probability) => crossing(atMost, probability, [0, 1], 30));
}

const POINTS: readonly number[] = Array.from({ length: 257 }, (_, at) => -8 + at / 16);
const SHARES: readonly number[] = POINTS.map(normalShare);

/** The value that belongs to an `x` between rising ones, along straight lines. */
function between(rising: readonly number[], x: number, values: readonly number[]): number {
  let [low, high] = [0, rising.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) <= x) low = middle;
    else high = middle;
  }
  const [from = 0, to = 0, start = 0, end = 0] = [
    rising[low],
    rising[high],
    values[low],
    values[high],
  ];
  if (!(to > from)) return start;
  return start + (end - start) * Math.min(1, Math.max(0, (x - from) / (to - from)));
}

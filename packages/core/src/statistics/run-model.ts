import { checkNormalFit, type FitCheck } from './fit-check.ts';
import type { PooledSpread } from './pooled-spread.ts';
import { insideUnit, logit } from './run-scale.ts';
import { mean, standardDeviation } from './spread.ts';
import { ownSpread, pooledPosterior, type SpreadPosterior } from './spread-posterior.ts';
import { findStuckRuns } from './stuck-runs.ts';

/** Whether runs of a recipe scatter around one value, or some may get stuck. A lab says so before anything is trained. */
export type RunKind = 'alike' | 'may-stick';

/** From so many runs on they say themselves how much they scatter; with fewer, sisters help. */
export const POOLED_BELOW = 59;

/**
 * The runs of one recipe, as everything that is decided by them sees them: stuck runs as a part of their own, and the
 * logits of the others as normal, with what is known of their centre and spread.
 */
export interface RunModel {
  readonly kind: RunKind;
  readonly spreadFrom: 'own' | 'pooled';
  readonly n: number;
  /** Stuck runs among them; 0 where runs are alike. */
  readonly stuck: number;
  /** Logits of those that work, from the smallest up. */
  readonly working: readonly number[];
  readonly centre: number;
  readonly sd: number;
  /** Of their standard deviation. */
  readonly spread: SpreadPosterior;
}

/** What a model of runs is made from besides their accuracies. */
export interface RunModelOptions {
  readonly kind: RunKind;
  /** Of sister exercises; not looked at from 59 runs on. */
  readonly sisters?: PooledSpread | undefined;
  /** The smallest step of an accuracy: one test image. */
  readonly resolution: number;
}

/**
 * The model of some runs. Which one it is follows from their number and kind alone, so that the data choose nothing.
 * Throws a RangeError for fewer than 2 runs.
 */
export function modelOfRuns(
  accuracies: readonly number[],
  { kind, sisters = [], resolution }: RunModelOptions,
): RunModel {
  const n = accuracies.length;
  if (n < 2) throw new RangeError(`a model of runs needs at least 2 of them, not ${n}`);
  const found = kind === 'may-stick' ? findStuckRuns(accuracies) : null;
  const works = accuracies.filter((accuracy) => accuracy >= (found?.workingFrom ?? -Infinity));
  // One run that works beside others that do not says nothing about a spread.
  const [kept, stuck] = works.length < 2 ? [accuracies, 0] : [works, n - works.length];
  const working = kept
    .map((value) => logit(insideUnit(value, resolution)))
    .toSorted((a, b) => a - b);
  const sd = Math.max(standardDeviation(working), leastDeviation(mean(kept), resolution));
  const pooled = n < POOLED_BELOW && sisters.length > 0;
  return {
    kind,
    spreadFrom: pooled ? 'pooled' : 'own',
    n,
    stuck,
    working,
    centre: mean(working),
    sd,
    spread: pooled ? pooledPosterior(working.length, sd, sisters) : ownSpread(working.length, sd),
  };
}

/** Runs that are all the same are taken to scatter by half a step of the accuracy. */
function leastDeviation(accuracy: number, resolution: number): number {
  const centre = Math.min(Math.max(accuracy, resolution), 1 - resolution);
  return Math.abs(logit(centre + resolution / 2) - logit(centre - resolution / 2)) / 2;
}

/** How well the model's normal part fits; it is reported and chooses nothing. */
export function fitOf({ working }: RunModel): FitCheck | null {
  return checkNormalFit(working);
}

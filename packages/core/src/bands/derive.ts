import {
  fallsIntoGroups,
  orderStatisticBound,
  toleranceRank,
} from '../statistics/order-statistic.ts';
import { spreadOf } from '../statistics/spread.ts';
import { toleranceBound } from '../statistics/tolerance.ts';
import type { Epoch } from '../training/epoch.ts';
import type { OperatingPoint } from '../statistics/operating-curve.ts';
import { findStuckRuns } from '../statistics/stuck-runs.ts';
import type { Bands } from './bands.ts';
import { drawMarks, type Passing, type PassingPlan } from './passing.ts';

/** Coverage and confidence of bounds that were drawn before labs had a rule of passing. */
const COVERAGE = 0.95;
const CONFIDENCE = 0.95;

type Run = Pick<Bands['trials'][number], 'loss' | 'accuracy'>;

/** What trials came to on the test set, with marks by a lab's plan. `testCount` is the number of test images. */
export function deriveTest(
  trials: readonly Run[],
  testCount: number,
  plan: PassingPlan,
): { readonly test: Bands['test']; readonly passing: Passing; curve(): OperatingPoint[] } {
  const accuracies = trials.map(({ accuracy }) => accuracy);
  const losses = trials.map(({ loss }) => loss);
  const { lower, upper, passing, model, curve } = drawMarks(accuracies, testCount, plan);
  // Stuck runs are told by their accuracy; the bound of the loss is that of the others.
  const from = model.stuck === 0 ? -Infinity : (findStuckRuns(accuracies)?.workingFrom ?? 0);
  const works = trials.filter(({ accuracy }) => accuracy >= from).map(({ loss }) => loss);
  return {
    test: {
      loss: spreadOf(losses),
      accuracy: spreadOf(accuracies),
      accuracyLower: lower,
      accuracyUpper: upper,
      lossUpper: toleranceBound(works, {
        coverage: upper.coverage,
        confidence: upper.confidence,
        resolution: 1 / testCount,
        side: 'upper',
        scale: 'log',
      }),
    },
    passing,
    curve,
  };
}

/** As bands of earlier versions have it, so that they can be held against their own trials. */
export function deriveFormerTest(trials: readonly Run[], testCount: number): Bands['test'] {
  const accuracies = trials.map(({ accuracy }) => accuracy);
  const losses = trials.map(({ loss }) => loss);
  const bound = { coverage: COVERAGE, confidence: CONFIDENCE, resolution: 1 / testCount };
  // With too few trials the normal bound had to do; for groups it is lenient.
  const boundOf =
    fallsIntoGroups(accuracies) && toleranceRank(trials.length, COVERAGE, CONFIDENCE) > 0
      ? orderStatisticBound
      : toleranceBound;
  return {
    loss: spreadOf(losses),
    accuracy: spreadOf(accuracies),
    accuracyLower: boundOf(accuracies, { ...bound, side: 'lower', scale: 'logit' }),
    accuracyUpper: boundOf(accuracies, { ...bound, side: 'upper', scale: 'logit' }),
    lossUpper: boundOf(losses, { ...bound, side: 'upper', scale: 'log' }),
  };
}

/** The epochs of trials, as bands have them. Early stopping ends trials at different epochs; bands reach as far as all. */
export function deriveEpochs(histories: readonly (readonly Epoch[])[]): Bands['epochs'] {
  const length = Math.min(...histories.map((history) => history.length));
  return Array.from({ length }, (_, index) => {
    const epochs = histories.flatMap((history) => history[index] ?? []);
    const optional = (values: (number | null)[]): Bands['epochs'][number]['valLoss'] => {
      const present = values.filter((value) => value !== null);
      return present.length === epochs.length ? spreadOf(present) : null;
    };
    return {
      epoch: index + 1,
      loss: spreadOf(epochs.map((epoch) => epoch.loss)),
      accuracy: spreadOf(epochs.map((epoch) => epoch.accuracy)),
      valLoss: optional(epochs.map((epoch) => epoch.valLoss)),
      valAccuracy: optional(epochs.map((epoch) => epoch.valAccuracy)),
    };
  });
}

import {
  fallsIntoGroups,
  orderStatisticBound,
  toleranceRank,
} from '../statistics/order-statistic.ts';
import { spreadOf } from '../statistics/spread.ts';
import { toleranceBound } from '../statistics/tolerance.ts';
import type { Epoch } from '../training/epoch.ts';
import type { Bands } from './bands.ts';

/** Coverage and confidence of every threshold: 95 % of good runs pass, said with 95 % confidence. */
const COVERAGE = 0.95;
const CONFIDENCE = 0.95;

/** What trials came to on the test set, as bands have it. `testCount` is the number of test images. */
export function deriveTest(
  trials: readonly { readonly loss: number; readonly accuracy: number }[],
  testCount: number,
): Bands['test'] {
  const accuracies = trials.map(({ accuracy }) => accuracy);
  const losses = trials.map(({ loss }) => loss);
  const bound = { coverage: COVERAGE, confidence: CONFIDENCE, resolution: 1 / testCount };
  // With too few trials the normal bound has to do; for groups it is lenient.
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

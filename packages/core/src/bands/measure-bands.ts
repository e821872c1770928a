import { ARITHMETIC_VERSION } from '../arithmetic.ts';
import type { Bands } from './bands.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { coreError } from '../errors/core-errors.ts';
import type { Recipe } from '../recipe/recipe.ts';
import {
  fallsIntoGroups,
  orderStatisticBound,
  toleranceRank,
} from '../statistics/order-statistic.ts';
import { spreadOf } from '../statistics/spread.ts';
import { toleranceBound } from '../statistics/tolerance.ts';
import { recipeHash } from '../trials/trial-key.ts';
import type { Epoch } from '../training/epoch.ts';
import type { TrialResult } from '../trials/trial-result.ts';

/** Coverage and confidence of every threshold: 95 % of good runs pass, said with 95 % confidence. */
const COVERAGE = 0.95;
const CONFIDENCE = 0.95;

/** Training examples in the short prefix of a recipe. */
const PREFIX_EXAMPLES = 2048;

/** A recipe cut down to a second or so: one epoch on its first examples. Its digest still depends on every kernel used. */
export function prefixRecipe(recipe: Recipe): Recipe {
  const limit = Math.min(recipe.trainLimit ?? PREFIX_EXAMPLES, PREFIX_EXAMPLES);
  return { ...recipe, epochs: 1, trainLimit: limit };
}

/** Turns the trials of one recipe into its bands. Needs at least two trials. */
export function measureBands(options: {
  exercise: string;
  recipe: Recipe;
  dataset: Dataset;
  trials: readonly TrialResult[];
  /** The trial of `prefixRecipe(recipe)` from the first seed. */
  prefix?: TrialResult;
  length: Bands['length'];
  environment: Readonly<Record<string, string>>;
}): Bands {
  const { recipe, trials, dataset } = options;
  if (trials.length < 2) {
    throw coreError('bands-too-few-trials', {
      message: `Bands need at least 2 trials to know a spread, and there ${trials.length === 1 ? 'is 1' : 'are none'}.`,
      fix: 'Ask for more with --trials; 10 or more give useful bounds.',
    });
  }
  const accuracies = trials.map((trial) => trial.test.accuracy);
  const losses = trials.map((trial) => trial.test.loss);
  const bound = { coverage: COVERAGE, confidence: CONFIDENCE, resolution: 1 / dataset.test.count };
  // With too few trials the normal bound has to do; for groups it is lenient.
  const boundOf =
    fallsIntoGroups(accuracies) && toleranceRank(trials.length, COVERAGE, CONFIDENCE) > 0
      ? orderStatisticBound
      : toleranceBound;
  return {
    exercise: options.exercise,
    arithmetic: ARITHMETIC_VERSION,
    recipeHash: recipeHash(recipe),
    dataDigest: dataset.digest,
    classes: [...dataset.classes],
    recipe,
    ...(options.prefix === undefined
      ? {}
      : { prefix: { seed: options.prefix.seed, digest: options.prefix.digest } }),
    n: trials.length,
    seeds: trials.map((trial) => trial.seed),
    length: options.length,
    // Early stopping ends trials at different epochs; the bands reach as far as all of them.
    epochs: Array.from(
      { length: Math.min(...trials.map(({ history }) => history.length)) },
      (_, index) => epochSpread(trials, index),
    ),
    test: {
      loss: spreadOf(losses),
      accuracy: spreadOf(accuracies),
      accuracyLower: boundOf(accuracies, { ...bound, side: 'lower', scale: 'logit' }),
      accuracyUpper: boundOf(accuracies, { ...bound, side: 'upper', scale: 'logit' }),
      lossUpper: boundOf(losses, { ...bound, side: 'upper', scale: 'log' }),
    },
    trials: trials.map(({ seed, digest, test: { loss, accuracy } }) => ({
      seed,
      digest,
      loss,
      accuracy,
    })),
    secondsPerEpoch: spreadOf(trials.map(({ seconds, history }) => seconds / history.length)),
    environment: { ...options.environment },
  };
}

function epochSpread(trials: readonly TrialResult[], index: number): Bands['epochs'][number] {
  const epochs = trials.map((trial): Epoch => {
    const epoch = trial.history[index];
    if (epoch === undefined) throw new RangeError(`trial ${trial.seed} has no epoch ${index + 1}`);
    return epoch;
  });
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
}

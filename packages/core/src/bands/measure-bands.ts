import { ARITHMETIC_VERSION } from '../arithmetic.ts';
import type { Bands } from './bands.ts';
import { sealBands } from './check-bands.ts';
import { deriveEpochs, deriveTest } from './derive.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { coreError } from '../errors/core-errors.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { spreadOf } from '../statistics/spread.ts';
import { recipeHash } from '../trials/trial-key.ts';
import type { TrialResult } from '../trials/trial-result.ts';

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
  return sealBands({
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
    testCount: dataset.test.count,
    epochs: deriveEpochs(trials.map(({ history }) => history)),
    test: deriveTest(
      trials.map(({ test }) => test),
      dataset.test.count,
    ),
    trials: trials.map(({ seed, digest, test: { loss, accuracy } }) => ({
      seed,
      digest,
      loss,
      accuracy,
    })),
    secondsPerEpoch: spreadOf(trials.map(({ seconds, history }) => seconds / history.length)),
    environment: { ...options.environment },
  });
}

import { ARITHMETIC_VERSION } from '../arithmetic.ts';
import type { Bands } from './bands.ts';
import { sealBands } from './check-bands.ts';
import { deriveEpochs, deriveTest } from './derive.ts';
import type { PassingPlan } from './passing.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { coreError } from '../errors/core-errors.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { DEFAULT_PASSING_RULE } from '../statistics/passing-rule.ts';
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

const DEFAULT_PLAN: PassingPlan = { rule: DEFAULT_PASSING_RULE, runs: 'alike' };

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
  /** By what its marks are drawn; the default rule for runs that are alike unless told. */
  plan?: PassingPlan;
}): Bands {
  const { recipe, trials, dataset, plan = DEFAULT_PLAN } = options;
  if (trials.length < 2) {
    throw coreError('bands-too-few-trials', {
      message: `Bands need at least 2 trials to know a spread, and there ${trials.length === 1 ? 'is 1' : 'are none'}.`,
      fix: 'Ask for more with --trials; 10 or more give useful bounds.',
    });
  }
  const { test, passing, curve } = deriveTest(
    trials.map((trial) => trial.test),
    dataset.test.count,
    plan,
  );
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
    test,
    passing,
    operatingCurve: curve(),
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

/** Bands with their marks drawn anew by a plan, from the trials in them: nothing is trained. */
export function redrawBands(bands: Bands, testCount: number, plan: PassingPlan): Bands {
  const { test, passing, curve } = deriveTest(bands.trials, testCount, plan);
  return sealBands({ ...bands, testCount, test, passing, operatingCurve: curve() });
}

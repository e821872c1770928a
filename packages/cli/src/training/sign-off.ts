import {
  type Dataset,
  type EngineChoice,
  excerptRecipe,
  makeManifest,
  type Manifest,
  type Recipe,
  type TrialEngineName,
  type TrialExecutor,
  type TrialResult,
} from '@labproof/core';
import type { ThreadsOfATask } from '@labproof/core/workers';
import type { Context } from '../program/context.ts';
import { environmentOf } from '../program/environment.ts';
import { trainRecipe } from './train.ts';

/** Trains the excerpt of a recipe and signs off what it and the finished trials came to. */
export async function signOff(
  context: Context,
  options: {
    lab: string;
    exercise: string;
    recipe: Recipe;
    dataset: Dataset;
    /** With what the trials were trained. */
    engine: string;
    trials: readonly TrialResult[];
    excerpt: {
      seed: number;
      engine: TrialEngineName;
      fallback?: EngineChoice;
      threads?: ThreadsOfATask;
      executor?: TrialExecutor;
    };
  },
): Promise<Manifest> {
  const { recipe, dataset, excerpt } = options;
  const cut = excerptRecipe(recipe);
  const { trials } = await trainRecipe(context, {
    title: `${options.exercise}, excerpt`,
    recipe: cut,
    dataset,
    seeds: [excerpt.seed],
    engine: excerpt.engine,
    landmarks: true,
    ...(excerpt.fallback === undefined ? {} : { fallback: excerpt.fallback }),
    ...(excerpt.threads === undefined ? {} : { threads: excerpt.threads }),
    ...(excerpt.executor === undefined ? {} : { executor: excerpt.executor }),
  });
  const [trial] = trials;
  if (trial === undefined) throw new RangeError('the excerpt gave no trial');
  return makeManifest({
    ...options,
    environment: environmentOf(options.engine),
    excerpt: { recipe: cut, trial: trial.result },
  });
}

import { modelOfBands } from '@labproof/core';
import { modelOfRuns, type RunModel } from '@labproof/core/statistics';
import type { CheckContext } from '../check-context.ts';
import { submittedRecipe } from './submitted-recipe.ts';

/** What training a submitted recipe again gave. */
export interface Reproduction {
  /** Test accuracies, one a seed. */
  readonly accuracies: readonly number[];
  /** What they say of further runs; `null` for fewer than 2. */
  readonly model: RunModel | null;
  /** `bands`: the submitted recipe is the exercise's, which was measured before. `trained`: it was trained for this. */
  readonly from: 'bands' | 'trained';
  /** What the submission says otherwise than the exercise, in words. */
  readonly changed: readonly string[];
}

/**
 * Runs of the recipe that a submission states: those that the exercise was measured with where it states nothing else,
 * and as many trainings as told, with the seeds 1, 2, …, where it does. `null` without a trainer, and where no recipe can be told.
 */
export async function reproduce(
  context: CheckContext,
  trials: number,
): Promise<Reproduction | null> {
  const submitted = context.model?.state === 'read' ? submittedRecipe(context) : null;
  if (submitted === null) return null;
  const { recipe, changed } = submitted;
  const bands = context.exercise?.bands ?? null;
  if (changed.length === 0 && bands !== null && bands.trials.length > 1) {
    const accuracies = bands.trials.map(({ accuracy }) => accuracy);
    return { accuracies, model: modelOfBands(bands), from: 'bands', changed };
  }
  const { trainer } = context;
  if (trainer === null) return null;
  const seeds = Array.from({ length: trials }, (_, index) => index + 1);
  const accuracies = await trainer(recipe, seeds);
  const kind = bands?.passing?.runs ?? 'alike';
  const resolution = 1 / context.dataset().test.count;
  const model = accuracies.length < 2 ? null : modelOfRuns(accuracies, { kind, resolution });
  return { accuracies, model, from: 'trained', changed };
}

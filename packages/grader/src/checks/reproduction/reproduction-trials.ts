import type { CheckContext } from '../check-context.ts';
import { submittedRecipe } from './submitted-recipe.ts';

/** What training a submitted recipe again gave. */
export interface Reproduction {
  /** Test accuracies, one a seed. */
  readonly accuracies: readonly number[];
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
  const measured = context.exercise?.bands?.trials ?? [];
  if (changed.length === 0 && measured.length > 1) {
    return { accuracies: measured.map(({ accuracy }) => accuracy), from: 'bands', changed };
  }
  const { trainer } = context;
  if (trainer === null) return null;
  const seeds = Array.from({ length: trials }, (_, index) => index + 1);
  return { accuracies: await trainer(recipe, seeds), from: 'trained', changed };
}

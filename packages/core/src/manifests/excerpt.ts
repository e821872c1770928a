import type { Recipe } from '../recipe/recipe.ts';

/** Training examples of an excerpt, at the most, and its epochs. */
const MOST_EXAMPLES = 2000;
const EPOCHS = 2;

/**
 * A recipe cut down to seconds that still goes through everything: two epochs on its first examples, so few that the last
 * batch is a short one, with validation after each and the whole test set at the end.
 */
export function excerptRecipe(recipe: Recipe): Recipe {
  const { batchSize, validation } = recipe;
  const share = validation.from === 'split' ? validation.share : 0;
  const most = Math.min(recipe.trainLimit ?? MOST_EXAMPLES, MOST_EXAMPLES);
  const isShort = (limit: number): boolean => Math.trunc(limit * (1 - share)) % batchSize !== 0;
  // A batch of one has no short one. Of so many limits in a row one leaves a remainder, as a share leaves out some.
  const limits = Array.from({ length: Math.min(most, batchSize) }, (_, index) => most - index);
  const limit = limits.find(isShort) ?? most;
  return { ...recipe, epochs: Math.min(recipe.epochs, EPOCHS), trainLimit: limit };
}

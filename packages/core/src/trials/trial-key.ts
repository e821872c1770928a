import { ARITHMETIC_VERSION } from '../arithmetic.ts';
import { hashOf } from '../digest.ts';
import type { Recipe } from '../recipe/recipe.ts';

/** Everything that a trial's bits depend on. */
export interface TrialIdentity {
  readonly recipe: Recipe;
  readonly dataDigest: string;
  readonly seed: number;
  /**
   * The engine with its backend and versions where these move bits (TensorFlow.js); absent for the engines that all
   * give the same.
   */
  readonly engine?: Readonly<Record<string, string>>;
}

/** The hash of a recipe: two recipes with the same hash train the same way. */
export function recipeHash(recipe: Recipe): string {
  return hashOf(recipe);
}

/**
 * The content address of a trial: recipe, data, seed and arithmetic, but not the machine or the time; the engine only
 * where it matters, so that its results are never taken for those of another.
 */
export function trialKey(identity: TrialIdentity): string {
  return hashOf({ arithmetic: ARITHMETIC_VERSION, ...identity });
}

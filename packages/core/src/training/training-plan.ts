import type { Dataset } from '../datasets/dataset.ts';
import type { ModelPlan } from '../model/plan.ts';
import type { DataSize } from '../programs/kernels/memory.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { checkLimits, DEFAULT_CAPS, type LimitCaps, type Limits, planLimits } from './limits.ts';
import { planForTraining } from './plan-for-training.ts';

/**
 * A recipe that has been planned for a dataset: it can be trained, fits the data, and keeps within the limits. Made once
 * for every trial of the recipe; plain data, which threads may hand on.
 */
export interface TrainingPlan {
  readonly recipe: Recipe;
  readonly model: ModelPlan;
  readonly limits: Limits;
}

/** Plans a recipe. Throws the instructor's `LabproofError` that says what of it cannot be trained, or is too large. */
export function planTraining(
  recipe: Recipe,
  dataset: DataSize & Pick<Dataset, 'id' | 'classes'>,
  caps: LimitCaps = DEFAULT_CAPS,
): TrainingPlan {
  const model = planForTraining(recipe, dataset);
  const limits = planLimits(model, recipe, dataset);
  checkLimits(limits, caps);
  return { recipe, model, limits };
}

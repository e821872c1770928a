import { CountingKernels } from '../engines/counting.ts';
import type { ModelPlan } from '../model/plan.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { EVALUATION_ROWS } from './predictions.ts';
import { createLoss } from './kernels/loss.ts';
import { Network } from './kernels/network.ts';

/**
 * Bytes that lie between the layers of a network before fewer examples are taken at a time: a third of what a trial may
 * take. The networks of the labs stay below a fifth of it with all rows.
 */
export const AMPLE: number = 2 ** 30;

/** Examples of one pass of training or of the evaluations in it: a batch, and more where there is room. */
export function trainingRows(plan: ModelPlan, recipe: Recipe): number {
  const most = trainingGroup(recipe);
  if (most === recipe.batchSize) return most;
  return fitting(recipe.batchSize, most, (kernels) => {
    createLoss(
      recipe,
      kernels,
      new Network(kernels, plan, { rows: most, training: true, seed: 0 }),
      most,
    );
  });
}

/** Examples whose losses are summed together in the evaluations of a training. */
export function trainingGroup(recipe: Recipe): number {
  return Math.max(recipe.batchSize, EVALUATION_ROWS);
}

/** Examples of one pass in which weights are evaluated. */
export function evaluationRows(plan: ModelPlan): number {
  return fitting(1, EVALUATION_ROWS, (kernels) => {
    void new Network(kernels, plan, { rows: EVALUATION_ROWS, training: false, seed: 0 });
  });
}

function fitting(
  least: number,
  most: number,
  build: (kernels: CountingKernels['kernels']) => void,
): number {
  const counting = new CountingKernels();
  build(counting.kernels);
  return counting.bytes <= AMPLE
    ? most
    : Math.max(least, Math.floor((most * AMPLE) / counting.bytes));
}

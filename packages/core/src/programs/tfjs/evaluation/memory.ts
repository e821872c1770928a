import { sizeOf } from '../../../layers/layer.ts';
import type { ModelPlan } from '../../../model/plan.ts';
import { AMPLE } from '../../rows.ts';
import { type EvaluationMemory, EVALUATION_ROWS } from '../../predictions.ts';

/** TensorFlow.js keeps every output until the pass is over, and now and then as much again while it makes one. */
export function tfjsEvaluationMemory(plan: ModelPlan): EvaluationMemory {
  return {
    weights: plan.parameters * 4,
    activations: tfjsEvaluationRows(plan) * bytesOfExample(plan),
  };
}

/** Examples of one pass in which TensorFlow.js evaluates weights. */
export function tfjsEvaluationRows(plan: ModelPlan): number {
  return Math.max(1, Math.min(EVALUATION_ROWS, Math.floor(AMPLE / bytesOfExample(plan))));
}

function bytesOfExample({ layers }: ModelPlan): number {
  return 2 * 4 * layers.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), 0);
}

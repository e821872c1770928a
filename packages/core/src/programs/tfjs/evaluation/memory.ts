import { sizeOf } from '../../../layers/layer.ts';
import type { ModelPlan } from '../../../model/plan.ts';
import { type EvaluationMemory, EVALUATION_ROWS } from '../../predictions.ts';

/** TensorFlow.js keeps every output until the pass is over, and now and then as much again while it makes one. */
export function tfjsEvaluationMemory(plan: ModelPlan): EvaluationMemory {
  const outputs = plan.layers.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), 0);
  return { weights: plan.parameters * 4, activations: 2 * EVALUATION_ROWS * outputs * 4 };
}

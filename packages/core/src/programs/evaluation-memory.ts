import type { ModelPlan } from '../model/plan.ts';
import { kernelEvaluationMemory } from './kernels/memory.ts';
import type { EvaluationMemory } from './predictions.ts';
import { tfjsEvaluationMemory } from './tfjs/evaluation/memory.ts';

/** Bytes that a network takes while it is evaluated, computed before anything is allocated. */
export function planEvaluation(plan: ModelPlan): EvaluationMemory {
  const foreign = plan.layers.some(({ kind }) => kind === 'foreign');
  return foreign ? tfjsEvaluationMemory(plan) : kernelEvaluationMemory(plan);
}

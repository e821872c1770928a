import { type ModelPlan, planEvaluation } from '@labproof/core';
import { submissionError } from '../errors.ts';

/** Bounds on a submitted network. */
export interface ModelLimits {
  readonly layers: number;
  readonly weightArrays: number;
  readonly parameters: number;
  /** Multiply-adds for one example. */
  readonly multiplyAdds: number;
  /** Values that all layers together put out for one example. */
  readonly activations: number;
  /** Bytes that an evaluation takes for weights and for everything between the layers. */
  readonly evaluationBytes: number;
  /** Bytes of the model's JSON. */
  readonly topologyBytes: number;
  /** Steps of arithmetic (`workAnImage` × images) for evaluating all models of a submission. */
  readonly evaluationWork: number;
}

/** Many times the largest lab network, small enough to examine in minutes. */
export const MODEL_LIMITS: ModelLimits = {
  layers: 200,
  weightArrays: 1000,
  parameters: 32 * 2 ** 20,
  multiplyAdds: 1e9,
  activations: 2 ** 20,
  evaluationBytes: 2 ** 30,
  topologyBytes: 8 * 2 ** 20,
  evaluationWork: 2e12,
};

/** What is done to a value between layers (an activation, a pooling) counts as so many multiply-adds. */
const STEPS_A_VALUE = 10;

/** Steps of arithmetic for one image: multiply-adds, and what is done to every value between the layers. */
export function workAnImage(plan: ModelPlan): number {
  return plan.multiplyAdds + STEPS_A_VALUE * activationsOf(plan);
}

function activationsOf(plan: ModelPlan): number {
  return plan.layers.reduce(
    (sum, layer) => sum + layer.outputShape.reduce((product, extent) => product * extent, 1),
    0,
  );
}

/** Throws the student's `model-too-large` for a plan past the limits, before anything is allocated for it. */
export function assertExaminable(plan: ModelPlan, path: string, limits: ModelLimits): void {
  const activations = activationsOf(plan);
  const quantities = [
    { what: 'parameters', value: plan.parameters, limit: limits.parameters },
    { what: 'multiply-adds an image', value: plan.multiplyAdds, limit: limits.multiplyAdds },
    { what: 'values between its layers', value: activations, limit: limits.activations },
  ];
  for (const { what, value, limit } of quantities) {
    if (value > limit) {
      throw tooLarge(
        `${path} describes a network with ${value} ${what}; more than ${limit} are not examined.`,
      );
    }
  }
  const memory = planEvaluation(plan);
  const bytes = memory.weights + memory.activations;
  if (bytes > limits.evaluationBytes) {
    throw tooLarge(
      `${path} describes a network that takes ${bytes} bytes of memory to evaluate; more than ${limits.evaluationBytes} are not given to it.`,
    );
  }
}

function tooLarge(message: string): Error {
  return submissionError('model-too-large', {
    message,
    fix: 'Hand in the network that the exercise describes.',
  });
}

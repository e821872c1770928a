import { type ModelPlan, planEvaluation } from '@labproof/core';
import { studentError } from '../refusal.ts';

/** Bounds on a submitted network: many times the largest lab network, small enough to examine in minutes. */
export const MODEL_LIMITS = {
  layers: 200,
  weightArrays: 1000,
  parameters: 32 * 2 ** 20,
  /** Multiply-adds for one example. */
  multiplyAdds: 1e9,
  /** Values that all layers together put out for one example. */
  activations: 2 ** 20,
  /** Bytes that an evaluation takes for weights and for everything between the layers. */
  evaluationBytes: 2 ** 30,
  /** Bytes of the model's JSON. */
  topologyBytes: 8 * 2 ** 20,
};

/** Throws the student's `model-too-large` for a plan past the limits, before anything is allocated for it. */
export function assertExaminable(plan: ModelPlan, path: string): void {
  const activations = plan.layers.reduce(
    (sum, layer) => sum + layer.outputShape.reduce((product, extent) => product * extent, 1),
    0,
  );
  const quantities = [
    { what: 'parameters', value: plan.parameters, limit: MODEL_LIMITS.parameters },
    { what: 'multiply-adds an image', value: plan.multiplyAdds, limit: MODEL_LIMITS.multiplyAdds },
    { what: 'values between its layers', value: activations, limit: MODEL_LIMITS.activations },
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
  if (bytes > MODEL_LIMITS.evaluationBytes) {
    throw tooLarge(
      `${path} describes a network that takes ${bytes} bytes of memory to evaluate; more than ${MODEL_LIMITS.evaluationBytes} are not given to it.`,
    );
  }
}

function tooLarge(message: string): Error {
  return studentError(
    'model-too-large',
    message,
    'Hand in the network that the exercise describes.',
  );
}

import { type ModelPlan, planModel } from '@labproof/core';
import type { ReadModel } from '@labproof/submission';

/** Whether a network puts out probabilities of classes that exclude each other. */
export function endsInSoftmax(plan: ModelPlan): boolean {
  const last = plan.layers.at(-1);
  return last?.className === 'Softmax' || last?.config['activation'] === 'softmax';
}

/**
 * The network as it is evaluated. One that was compiled with `from_logits=True` leaves the softmax to its loss; it
 * gets one here, which changes no predicted class and makes its outputs the probabilities that the loss means.
 */
export function withProbabilities({ plan, trainingConfig }: ReadModel): ModelPlan {
  if (trainingConfig?.fromLogits !== true || endsInSoftmax(plan)) return plan;
  const softmax = planModel({
    name: 'softmax',
    layers: [{ class_name: 'Softmax', config: { batch_input_shape: [null, ...plan.outputShape] } }],
  });
  const last = plan.layers.length - 1;
  const appended = softmax.layers.map((layer) => ({ ...layer, inbound: [last] }));
  return { ...plan, layers: [...plan.layers, ...appended] };
}

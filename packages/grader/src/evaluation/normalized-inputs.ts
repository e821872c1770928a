import {
  type DatasetSplit,
  type EvaluationTask,
  type ModelPlan,
  planModel,
  type Predictions,
} from '@labproof/core';
import type { InputNormalization, ReadModel } from '@labproof/submission';
import type { EvaluatedInputs } from './evaluation.ts';

/** A network and its weights in layer order. */
export interface WeightedPlan {
  readonly plan: ModelPlan;
  readonly weights: readonly Float32Array[];
}

/** So small that it changes no float32 of a deviation that occurs; the layer needs one above zero. */
const EPSILON = 1e-12;

/**
 * The network with `(x − mean) / std` in front of it, a channel at a time: a batch normalisation without scale and shift
 * computes just that. Inputs that the network takes flat have one channel, or the dataset's, one after another.
 */
export function withNormalization(
  { plan, weights }: WeightedPlan,
  { mean, std }: InputNormalization,
): WeightedPlan {
  if (mean.every((value) => value === 0) && std.every((value) => value === 1)) {
    return { plan, weights };
  }
  const front = planModel({
    name: 'normalize',
    layers: [
      {
        class_name: 'BatchNormalization',
        config: {
          name: 'normalize',
          batch_input_shape: [null, ...plan.inputShape],
          epsilon: EPSILON,
          scale: false,
          center: false,
        },
      },
    ],
  });
  const columns = plan.inputShape.at(-1) ?? 1;
  const each = (values: readonly number[], change: (value: number) => number): Float32Array =>
    Float32Array.from({ length: columns }, (_, column) =>
      change(values[column % values.length] ?? 0),
    );
  const layers = plan.layers.map((layer) => ({
    ...layer,
    inbound: layer.inbound.map((place) => place + 1),
    sharedWith: layer.sharedWith === null ? null : layer.sharedWith + 1,
  }));
  return {
    plan: { ...plan, layers: [...front.layers, ...layers] },
    weights: [each(mean, (value) => value), each(std, (value) => value * value), ...weights],
  };
}

/** Images on which the ways to scale them are compared. */
const COMPARED = 1000;

/**
 * The way of scaling that makes the loss of a network on the first images smallest, where neither it nor its file says
 * its own; the plainer one at equality. The accuracy is no measure of that: a network for digits may classify as many
 * rightly under a wrong scaling, but it is not as sure of them. `null` where the lab's scale counts.
 */
export function* bestNormalization(
  { normalizations, normalizationsFrom: from }: ReadModel,
  network: WeightedPlan,
  test: DatasetSplit,
  task: (candidate: WeightedPlan, split: DatasetSplit) => EvaluationTask,
): Generator<EvaluationTask, EvaluatedInputs | null, Predictions> {
  const images = Math.min(COMPARED, test.count);
  const size = test.images.length / test.count;
  const first = { ...test, images: test.images.subarray(0, images * size), count: images };
  let best: { readonly loss: number; readonly inputs: EvaluatedInputs } | null = null;
  for (const { mean, std } of normalizations) {
    const { loss } = yield task(withNormalization(network, { mean, std }), first);
    if (best === null || loss < best.loss || Number.isNaN(best.loss)) {
      const tried = normalizations.length;
      best = { loss, inputs: { mean: [...mean], std: [...std], from, tried, images } };
    }
  }
  return best?.inputs ?? null;
}

import type { DatasetSplit } from '../../../datasets/dataset.ts';
import type { ModelPlan } from '../../../model/plan.ts';
import type { InputScale, Loss } from '../../../recipe/recipe.ts';
import { scaleTable } from '../../batches.ts';
import type { Predictions } from '../../predictions.ts';
import { tfjsEvaluationRows } from './memory.ts';
import { logitLoss, type LossReading, outputLoss, smoothedLoss } from '../../output-loss.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { buildModel } from './build-model.ts';

/**
 * Evaluates a planned network with TensorFlow.js: close to what every other program computes, not the same bits.
 * The network is built anew from the plan, layer by layer; nothing that was submitted is deserialised.
 */
export function evaluateWithTensorFlow(
  tf: TensorFlow,
  work: {
    readonly plan: ModelPlan;
    readonly weights: readonly Float32Array[];
    readonly split: DatasetSplit;
    readonly inputScale: InputScale;
    readonly loss: Loss;
    readonly labelSmoothing?: number | undefined;
    /** As for `evaluate`; the head that belongs to a crossentropy is read from its probabilities here. */
    readonly reading?: LossReading;
  },
): Predictions {
  const { weights, split, inputScale, loss, labelSmoothing, reading = 'head' } = work;
  const plan = reading === 'logits' ? withoutHead(work.plan) : work.plan;
  const lossOf = (values: Float32Array, target: number): number =>
    reading === 'logits' && loss.endsWith('crossentropy')
      ? logitLoss(loss, values, target)
      : outputLoss(loss, values, target, reading === 'outputs of Keras 2' ? 2 : 3);
  const model = buildModel(tf, plan, weights);
  try {
    const table = scaleTable(inputScale);
    const size = split.images.length / split.count;
    const predicted = new Uint8Array(split.count);
    const confidence = new Float32Array(split.count);
    let lossSum = 0;
    let correct = 0;
    const most = tfjsEvaluationRows(plan);
    for (let start = 0; start < split.count; start += most) {
      const rows = Math.min(most, split.count - start);
      const bytes = split.images.subarray(start * size, (start + rows) * size);
      const outputs = tf.tidy(() => {
        const x = tf.tensor(
          Float32Array.from(bytes, (byte) => table[byte] ?? 0),
          [rows, ...plan.inputShape],
        );
        const y = model.predict(x);
        return (Array.isArray(y) ? y[0] : y)?.dataSync() ?? new Float32Array();
      });
      const classes = outputs.length / rows;
      for (let row = 0; row < rows; row += 1) {
        const label = split.labels[start + row] ?? 0;
        const values = Float32Array.from(outputs.subarray(row * classes, (row + 1) * classes));
        const best = classes === 1 ? Number((values[0] ?? 0) > 0.5) : largest(values);
        predicted[start + row] = best;
        confidence[start + row] =
          classes === 1 ? Math.abs(1 - best - (values[0] ?? 0)) : (values[best] ?? 0);
        if (best === label) correct += 1;
        lossSum += smoothedLoss(
          labelSmoothing,
          classes,
          classes === 1 ? 1 - label : label,
          (target) => lossOf(values, target),
        );
      }
    }
    return { loss: lossSum / split.count, accuracy: correct / split.count, predicted, confidence };
  } finally {
    model.dispose();
  }
}

function largest(values: Float32Array): number {
  return values.reduce((top, value, at) => (value > (values[top] ?? 0) ? at : top), 0);
}

/** The network up to the logits of a last softmax or sigmoid; the largest logit is the largest output. */
function withoutHead(plan: ModelPlan): ModelPlan {
  const last = plan.layers.at(-1);
  if (last === undefined) return plan;
  const { activation } = last.config;
  if (last.className !== 'Softmax' && activation !== 'softmax' && activation !== 'sigmoid') {
    return plan;
  }
  const linear =
    last.className === 'Softmax'
      ? { ...last, className: 'Activation', config: { activation: 'linear' } }
      : { ...last, config: { ...last.config, activation: 'linear' } };
  return { ...plan, layers: [...plan.layers.slice(0, -1), linear] };
}

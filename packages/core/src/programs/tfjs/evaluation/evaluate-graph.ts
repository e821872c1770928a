import type { DatasetSplit } from '../../../datasets/dataset.ts';
import type { ModelPlan } from '../../../model/plan.ts';
import type { InputScale, Loss } from '../../../recipe/recipe.ts';
import { scaleTable } from '../../batches.ts';
import { EVALUATION_ROWS, type Predictions } from '../../predictions.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { buildModel } from './build-model.ts';

/** Keras's `epsilon`: probabilities are clipped at it before their logarithm is taken. */
const EPSILON = 1e-7;

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
  },
): Predictions {
  const { plan, weights, split, inputScale, loss } = work;
  const model = buildModel(tf, plan, weights);
  try {
    const table = scaleTable(inputScale);
    const size = split.images.length / split.count;
    const predicted = new Uint8Array(split.count);
    const confidence = new Float32Array(split.count);
    let lossSum = 0;
    let correct = 0;
    for (let start = 0; start < split.count; start += EVALUATION_ROWS) {
      const rows = Math.min(EVALUATION_ROWS, split.count - start);
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
        const values = Array.from(outputs.subarray(row * classes, (row + 1) * classes));
        const best = values.reduce((top, value, at) => (value > (values[top] ?? 0) ? at : top), 0);
        predicted[start + row] = best;
        confidence[start + row] = values[best] ?? 0;
        if (best === label) correct += 1;
        lossSum += lossOf(loss, values, label);
      }
    }
    return { loss: lossSum / split.count, accuracy: correct / split.count, predicted, confidence };
  } finally {
    model.dispose();
  }
}

/** The loss of one example, from its outputs. */
function lossOf(loss: Loss, values: readonly number[], label: number): number {
  const mean = (term: (value: number, target: number) => number): number =>
    values.reduce((sum, value, at) => sum + term(value, Number(at === label)), 0) / values.length;
  const logarithm = (p: number): number => Math.log(Math.min(Math.max(p, EPSILON), 1 - EPSILON));
  if (loss === 'mean_squared_error') return mean((value, target) => (value - target) ** 2);
  if (loss === 'mean_absolute_error') return mean((value, target) => Math.abs(value - target));
  if (loss === 'binary_crossentropy')
    return mean((value, target) => -logarithm(target === 1 ? value : 1 - value));
  return -logarithm(values[label] ?? 0);
}

import { exp64 } from '../elementary/exponential.ts';
import { log1p, log64 } from '../elementary/logarithm.ts';
import type { Loss } from '../recipe/recipe.ts';

/**
 * What a crossentropy is computed from when a network is evaluated. `head`: as in training, from the logits of the head
 * that belongs to it. `logits`: from what stands before a last softmax or sigmoid, whichever of them it is, else from the
 * output. `outputs`: from the output, as if it held probabilities, in the way of Keras 3 or of Keras 2.
 */
export type LossReading = 'head' | 'logits' | 'outputs' | 'outputs of Keras 2';

/** Keras's `epsilon`, and 1 − epsilon as float32 has it: probabilities are clipped to between them. */
const LOW = Math.fround(1e-7);
const HIGH = Math.fround(1 - LOW);

/**
 * The loss of one example from the outputs of a network that Keras takes for probabilities, whatever they are:
 * `categorical_crossentropy` divides them by their sum and clips; `sparse_categorical_crossentropy` clips and then divides;
 * `binary_crossentropy` clips each (Keras 3.15, `backend/tensorflow/nn.py`, where no logits are known of the output).
 * `target` is the column whose target is 1. Sums in float64 in the order of the columns. Keras 2 adds its epsilon once more
 * before a logarithm of `binary_crossentropy`.
 */
export function outputLoss(
  loss: Loss,
  outputs: Float32Array,
  target: number,
  keras: 2 | 3 = 3,
): number {
  const added = keras === 2 ? LOW : 0;
  const logarithm = (p: number): number => log64(Math.fround(p + added));
  switch (loss) {
    case 'categorical_crossentropy': {
      let sum = 0;
      for (const value of outputs) sum = Math.fround(sum + value);
      return -log64(clip(Math.fround((outputs[target] ?? 0) / sum)));
    }
    case 'sparse_categorical_crossentropy': {
      let sum = 0;
      for (const value of outputs) sum += clip(value);
      return log64(sum) - log64(clip(outputs[target] ?? 0));
    }
    case 'binary_crossentropy':
      return mean(outputs, (value, column) =>
        column === target ? -logarithm(clip(value)) : -logarithm(Math.fround(1 - clip(value))),
      );
    case 'mean_squared_error':
      return mean(outputs, (value, column) => (value - Number(column === target)) ** 2);
    case 'mean_absolute_error':
      return mean(outputs, (value, column) => Math.abs(value - Number(column === target)));
  }
}

/** The same where the outputs are logits; of the crossentropies alone. */
export function logitLoss(loss: Loss, logits: Float32Array, target: number): number {
  if (loss === 'binary_crossentropy') {
    return mean(
      logits,
      (x, column) => (x > 0 ? x : 0) - (column === target ? x : 0) + log1p(exp64(x < 0 ? x : -x)),
    );
  }
  const top = logits.reduce((most, x) => (x > most ? x : most), -Infinity);
  let sum = 0;
  for (const x of logits) sum += exp64(x - top);
  return log64(sum) - ((logits[target] ?? 0) - top);
}

/**
 * The loss of one example of which a share of the target is spread over all classes, Keras's `label_smoothing`: `lossOf` tells
 * it for each class as the target.
 */
export function smoothedLoss(
  share: number | undefined,
  classes: number,
  target: number,
  lossOf: (target: number) => number,
): number {
  if (share === undefined) return lossOf(target);
  let sum = 0;
  for (let label = 0; label < classes; label += 1) sum += lossOf(label);
  return (1 - share) * lossOf(target) + (share * sum) / classes;
}

/** NaN stays NaN, as it does in Keras. */
function clip(value: number): number {
  return value < LOW ? LOW : value > HIGH ? HIGH : value;
}

function mean(values: Float32Array, term: (value: number, column: number) => number): number {
  let sum = 0;
  for (const [column, value] of values.entries()) sum += term(value, column);
  return sum / values.length;
}

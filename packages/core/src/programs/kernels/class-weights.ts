import type { Kernels } from '../../engines/kernels.ts';
import type { LossRuntime } from './loss.ts';

/**
 * A loss whose training examples count by their class, as tf.keras's `fit(class_weight=…)`: example by example the loss
 * and its gradient are multiplied by the weight of the class, and the batch's mean still divides by the number of
 * examples. Evaluating does not weigh.
 */
export function weighLoss(
  loss: LossRuntime,
  classWeight: readonly number[],
  kernels: Kernels,
  { rows, columns }: { rows: number; columns: number },
): LossRuntime {
  const weights = Float32Array.from(classWeight);
  const factors = kernels.allocate(rows * 4);
  return {
    forward(value, labels, losses, count, pass) {
      const output = loss.forward(value, labels, losses, count, pass);
      if (!pass.training) return output;
      const classes = kernels.i32(labels, count);
      const target = kernels.f32(factors, count);
      for (let row = 0; row < count; row += 1) target[row] = weights[classes[row] ?? 0] ?? 0;
      kernels.multiply(losses, factors, losses, count);
      return output;
    },
    backward(output, labels, count) {
      const gradient = loss.backward(output, labels, count);
      kernels.scaleRows(gradient, factors, gradient, count, columns);
      return gradient;
    },
  };
}

import type { Kernels } from '../engines/kernels.ts';
import { LabproofError } from '../errors.ts';
import type { Pass } from '../layers/layer.ts';
import type { Loss } from '../recipe.ts';
import type { Network } from './network.ts';

/** A batch after its forward pass: where the output lies, and one loss a row in `losses`. */
export interface LossRuntime {
  /** From what `Network.forward` returned: fills `losses`, finishes the network, returns the output. */
  forward(value: number, labels: number, losses: number, rows: number, pass: Pass): number;
  /** Gradient of the batch's mean loss with respect to what `Network.forward` returned. */
  backward(output: number, labels: number, rows: number): number;
}

/** Binds a Keras loss to a network. Labels are class indices; one-hot targets are implied. */
export function createLoss(
  loss: Loss,
  kernels: Kernels,
  network: Network,
  rows: number,
): LossRuntime {
  const columns = network.outputLength;
  const gradient = kernels.allocate(rows * columns * 4);
  if (loss === 'mean_squared_error') {
    return {
      forward(value, labels, losses, count, pass) {
        const output = network.finish(value, count, pass);
        kernels.squaredError(output, labels, losses, count, columns);
        return output;
      },
      backward(output, labels, count) {
        const scale = Math.fround(1 / (count * columns));
        kernels.squaredErrorGradient(output, labels, gradient, count, columns, scale);
        return network.finishBackward(gradient, count);
      },
    };
  }
  // Both crossentropies are the same function; they differ in how Keras is given the labels.
  if (!network.endsInSoftmax) {
    throw new LabproofError({
      code: 'recipe-crossentropy-without-softmax',
      owner: 'instructor',
      message: `the loss ${loss} needs a last layer with softmax, and this model has none`,
      fix: 'Give the last layer activation "softmax", or use mean_squared_error.',
    });
  }
  return {
    forward(value, labels, losses, count, pass) {
      kernels.softmaxCrossentropy(value, labels, losses, count, columns);
      return network.finish(value, count, pass);
    },
    backward(output, labels, count) {
      const scale = Math.fround(1 / count);
      kernels.softmaxCrossentropyGradient(output, labels, gradient, count, columns, scale);
      return gradient;
    },
  };
}

import type { Kernels } from '../../engines/kernels.ts';
import type { Pass } from '../../layers/layer.ts';
import type { Loss } from '../../recipe/recipe.ts';
import { wrongHead } from '../loss-head.ts';
import type { Network } from './network.ts';

/** A batch after its forward pass: where the output lies, and one loss a row in `losses`. */
export interface LossRuntime {
  /** From what `Network.forward` returned: fills `losses`, finishes the network, returns the output. */
  forward(value: number, labels: number, losses: number, rows: number, pass: Pass): number;
  /** Gradient of the batch's mean loss with respect to what `Network.forward` returned. */
  backward(output: number, labels: number, rows: number): number;
}

/** A loss on targets that the kernels take as labels. */
interface LossParts {
  /** The head whose gradient is taken together with the loss's; `null`: any network, the head goes by itself. */
  readonly head: 'softmax' | 'sigmoid' | null;
  /** Fills the losses from the head's logits, or from the output where there is no such head. */
  losses(
    kernels: Kernels,
    values: number,
    labels: number,
    losses: number,
    ...shape: readonly [rows: number, columns: number]
  ): void;
  gradient(
    kernels: Kernels,
    output: number,
    labels: number,
    gradient: number,
    ...shape: readonly [rows: number, columns: number]
  ): void;
}

/** Both crossentropies are the same function; they differ in how Keras is given the labels. */
const crossentropy: LossParts = {
  head: 'softmax',
  losses: (kernels, logits, labels, losses, rows, columns) =>
    kernels.softmaxCrossentropy(logits, labels, losses, rows, columns),
  gradient: (kernels, p, labels, gradient, rows, columns) =>
    kernels.softmaxCrossentropyGradient(p, labels, gradient, rows, columns, Math.fround(1 / rows)),
};

const parts: Readonly<Record<Loss, LossParts>> = {
  categorical_crossentropy: crossentropy,
  sparse_categorical_crossentropy: crossentropy,
  /** The mean over the outputs, each against its own class. Source: tf.keras's `binary_crossentropy` on a sigmoid's logits. */
  binary_crossentropy: {
    head: 'sigmoid',
    losses: (kernels, logits, labels, losses, rows, columns) =>
      kernels.sigmoidCrossentropy(logits, labels, losses, rows, columns),
    // The derivative by a logit is p − t, as that of softmax and crossentropy; only the mean is over more terms.
    gradient: (kernels, p, labels, gradient, rows, columns) =>
      kernels.softmaxCrossentropyGradient(
        p,
        labels,
        gradient,
        rows,
        columns,
        Math.fround(1 / (rows * columns)),
      ),
  },
  mean_squared_error: {
    head: null,
    losses: (kernels, y, labels, losses, rows, columns) =>
      kernels.squaredError(y, labels, losses, rows, columns),
    gradient: (kernels, y, labels, gradient, rows, columns) =>
      kernels.squaredErrorGradient(
        y,
        labels,
        gradient,
        rows,
        columns,
        Math.fround(1 / (rows * columns)),
      ),
  },
  mean_absolute_error: {
    head: null,
    losses: (kernels, y, labels, losses, rows, columns) =>
      kernels.absoluteError(y, labels, losses, rows, columns),
    gradient: (kernels, y, labels, gradient, rows, columns) =>
      kernels.absoluteErrorGradient(
        y,
        labels,
        gradient,
        rows,
        columns,
        Math.fround(1 / (rows * columns)),
      ),
  },
};

/**
 * Binds a Keras loss to a network. Labels are class indices; one-hot targets are implied. A network with one output
 * tells two classes apart: its target is the label itself.
 */
export function createLoss(
  loss: Loss,
  kernels: Kernels,
  network: Network,
  rows: number,
): LossRuntime {
  const columns = network.outputLength;
  const { head, losses: fillLosses, gradient: fillGradient } = parts[loss];
  if (head !== null && network.head !== head) throw wrongHead(loss, head);
  const fused = head !== null;
  const gradient = kernels.allocate(rows * columns * 4);
  const mirrored = columns === 1 ? kernels.allocate(rows * 4) : 0;

  /** The labels as the kernels take them: the column whose target is 1. With one output that is column 0 for class 1. */
  function columnsOf(labels: number, count: number): number {
    if (columns !== 1) return labels;
    const given = kernels.i32(labels, count);
    const target = kernels.i32(mirrored, count);
    for (let row = 0; row < count; row += 1) target[row] = 1 - (given[row] ?? 0);
    return mirrored;
  }

  return {
    forward(value, labels, losses, count, pass) {
      const targets = columnsOf(labels, count);
      if (fused) {
        fillLosses(kernels, value, targets, losses, count, columns);
        return network.finish(value, count, pass);
      }
      const output = network.finish(value, count, pass);
      fillLosses(kernels, output, targets, losses, count, columns);
      return output;
    },
    backward(output, labels, count) {
      fillGradient(kernels, output, columnsOf(labels, count), gradient, count, columns);
      return fused ? gradient : network.finishBackward(gradient, count);
    },
  };
}

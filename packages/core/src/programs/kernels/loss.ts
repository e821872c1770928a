import type { Kernels } from '../../engines/kernels.ts';
import type { Pass } from '../../layers/layer.ts';
import type { Loss, Recipe } from '../../recipe/recipe.ts';
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

/** The same with a share of the target spread over all classes. */
const smoothed = (share: number): LossParts => ({
  head: 'softmax',
  losses: (kernels, logits, labels, losses, rows, columns) =>
    kernels.smoothedCrossentropy(logits, labels, losses, rows, columns, share),
  gradient: (kernels, p, labels, gradient, rows, columns) =>
    kernels.smoothedCrossentropyGradient(
      p,
      labels,
      gradient,
      rows,
      columns,
      Math.fround(1 / rows),
      share,
    ),
});

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

/** A loss, and the share of its targets that is spread over all classes. */
export type LossOptions = Pick<Recipe, 'loss' | 'labelSmoothing'>;

/**
 * Binds a Keras loss to a network. Labels are class indices; one-hot targets are implied. A network with one output
 * tells two classes apart: its target is the label itself.
 */
export function createLoss(
  loss: LossOptions,
  kernels: Kernels,
  network: Network,
  rows: number,
  heads: 'its head' | 'any head' = 'its head',
): LossRuntime {
  const bound = createLossOfColumns(loss, kernels, network, rows, heads);
  const { outputLength } = network;
  if (outputLength !== 1) return bound;
  const columns = kernels.allocate(rows * 4);
  const columnsOf = (labels: number, count: number): number => {
    const targets = targetColumns(kernels.i32(labels, count), outputLength);
    kernels.i32(columns, count).set(targets);
    return columns;
  };
  return {
    forward: (value, labels, losses, count, pass) =>
      bound.forward(value, columnsOf(labels, count), losses, count, pass),
    backward: (output, labels, count) => bound.backward(output, columnsOf(labels, count), count),
  };
}

/** The columns whose target is 1, as the kernels take them. With one output that is column 0 for class 1. */
export function targetColumns(labels: ArrayLike<number>, outputs: number): Int32Array {
  const targets = new Int32Array(labels.length);
  for (let at = 0; at < labels.length; at += 1) {
    const label = labels[at] ?? 0;
    targets[at] = outputs === 1 ? 1 - label : label;
  }
  return targets;
}

/**
 * The same for labels that are `targetColumns` already. With `any head` the crossentropy is that of whatever stands
 * before the network's own head; that is for evaluating, the gradient is of no use.
 */
export function createLossOfColumns(
  { loss, labelSmoothing }: LossOptions,
  kernels: Kernels,
  network: Network,
  rows: number,
  heads: 'its head' | 'any head' = 'its head',
): LossRuntime {
  const columns = network.outputLength;
  const {
    head,
    losses: fillLosses,
    gradient: fillGradient,
  } = labelSmoothing === undefined ? parts[loss] : smoothed(labelSmoothing);
  if (heads === 'its head' && head !== null && network.head !== head) throw wrongHead(loss, head);
  const fused = head !== null;
  const gradient = kernels.allocate(rows * columns * 4);
  return {
    forward(value, targets, losses, count, pass) {
      if (fused) {
        fillLosses(kernels, value, targets, losses, count, columns);
        return network.finish(value, count, pass);
      }
      const output = network.finish(value, count, pass);
      fillLosses(kernels, output, targets, losses, count, columns);
      return output;
    },
    backward(output, targets, count) {
      fillGradient(kernels, output, targets, gradient, count, columns);
      return fused ? gradient : network.finishBackward(gradient, count);
    },
  };
}

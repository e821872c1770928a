import type { Kernels } from '../../engines/kernels.ts';
import { type LossReading, outputLoss, smoothedLoss } from '../output-loss.ts';
import { createLoss, type LossOptions, type LossRuntime, targetColumns } from './loss.ts';
import type { Network } from './network.ts';

/** A loss for evaluating alone, read as told. */
export function createLossReading(
  options: LossOptions,
  reading: LossReading,
  kernels: Kernels,
  network: Network,
  rows: number,
): LossRuntime {
  if (reading === 'head') return createLoss(options, kernels, network, rows);
  const { outputLength } = network;
  if (reading === 'logits') {
    return createLoss(options, kernels, network, rows, 'any head');
  }
  const { loss, labelSmoothing } = options;
  const keras = reading === 'outputs of Keras 2' ? 2 : 3;
  return {
    forward(value, labels, losses, count, pass) {
      const output = network.finish(value, count, pass);
      const values = kernels.f32(output, count * outputLength);
      const targets = targetColumns(kernels.i32(labels, count), outputLength);
      const told = kernels.f32(losses, count);
      for (let row = 0; row < count; row += 1) {
        const own = values.subarray(row * outputLength, (row + 1) * outputLength);
        told[row] = smoothedLoss(labelSmoothing, outputLength, targets[row] ?? 0, (target) =>
          outputLoss(loss, own, target, keras),
        );
      }
      return output;
    },
    backward: () => {
      throw new Error('a loss that is read from the outputs is evaluated only');
    },
  };
}

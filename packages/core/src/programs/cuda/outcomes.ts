import type { CudaKernels } from '../../engines/cuda/kernels.ts';
import type { Pointer } from '../../engines/kernels.ts';
import type { Penalty } from '../kernels/penalty.ts';
import type { BatchMetrics } from '../program.ts';

/**
 * What batches come to, kept on the device until it is read: a loss and a prediction for every example, and the sums of
 * the regularised weights for every step.
 */
export class Outcomes {
  readonly #kernels: CudaKernels;
  readonly #columns: number;
  readonly #penalties: number;
  readonly #losses: Pointer;
  /** The largest output's index; with one output, that output. */
  readonly #predicted: Pointer;
  readonly #ones: Pointer;
  readonly #sums: Pointer;

  constructor(
    kernels: CudaKernels,
    sizes: {
      readonly examples: number;
      readonly steps: number;
      /** Regularised arrays. */
      readonly penalties: number;
      /** Outputs of the network. */
      readonly columns: number;
    },
  ) {
    const { examples, steps, penalties, columns } = sizes;
    this.#kernels = kernels;
    this.#columns = columns;
    this.#penalties = penalties;
    this.#losses = kernels.allocate(4 * examples);
    this.#predicted = kernels.allocate(4 * examples);
    this.#sums = penalties === 0 ? 0 : kernels.allocate(8 * penalties * Math.max(1, steps));
    this.#ones =
      columns === 1
        ? kernels.launcher.memory.allocateCommon(new Float32Array(examples).fill(1))
        : 0;
  }

  /** Where the losses of a batch go whose first example is number `at`. */
  losses(at: number): Pointer {
    return this.#losses + 4 * at;
  }

  predict(output: Pointer, at: number, rows: number): void {
    const into = this.#predicted + 4 * at;
    if (this.#columns === 1) this.#kernels.multiply(output, this.#ones, into, rows);
    else this.#kernels.argmax(output, into, rows, this.#columns);
  }

  /** Keeps the penalty's sums of the weights as they are, for a step. */
  measure(penalty: Penalty, step: number): void {
    if (this.#penalties > 0) penalty.measure(this.#sums + 8 * this.#penalties * step);
  }

  /** Each trial's penalty of a step that was measured. */
  penalties(penalty: Penalty, step: number): number[] {
    const { launcher } = this.#kernels;
    launcher.launches.submit();
    return Array.from({ length: launcher.trials }, (_, trial) => {
      if (this.#penalties === 0) return 0;
      const sums = new Float32Array(2 * this.#penalties);
      launcher.memory.download(trial, this.#sums + 4 * sums.length * step, sums);
      return penalty.valueOf(sums);
    });
  }

  /**
   * The metrics of batches of `batchSize` examples, for each trial with the labels of its examples; with the penalty
   * that was measured at every batch, if there is one. Sums are float64, in the order of the examples.
   */
  read(
    labels: readonly Uint8Array[],
    batchSize: number,
    penalty: Penalty | null,
  ): BatchMetrics[][] {
    const { launcher } = this.#kernels;
    launcher.launches.submit();
    return labels.map((own, trial) => {
      const losses = new Float32Array(own.length);
      const predicted = new Int32Array(own.length);
      launcher.memory.download(trial, this.#losses, losses);
      launcher.memory.download(trial, this.#predicted, predicted);
      const classes = this.#classesOf(predicted);
      const steps = Math.ceil(own.length / batchSize);
      const sums = new Float32Array(penalty === null ? 0 : 2 * this.#penalties * steps);
      if (sums.length > 0) launcher.memory.download(trial, this.#sums, sums);
      return Array.from({ length: steps }, (_, step): BatchMetrics => {
        const [start, end] = [step * batchSize, Math.min((step + 1) * batchSize, own.length)];
        let lossSum = 0;
        let correct = 0;
        for (let row = start; row < end; row += 1) {
          lossSum += losses[row] ?? 0;
          if (classes[row] === own[row]) correct += 1;
        }
        const width = 2 * this.#penalties;
        const added = penalty?.valueOf(sums.subarray(step * width, (step + 1) * width)) ?? 0;
        return { lossSum: penalty === null ? lossSum : lossSum + (end - start) * added, correct };
      });
    });
  }

  /** The classes of the first so many examples of the last pass, for each trial. */
  classes(count: number): Uint8Array[] {
    const { launcher } = this.#kernels;
    launcher.launches.submit();
    return Array.from({ length: launcher.trials }, (_, trial) => {
      const predicted = new Int32Array(count);
      launcher.memory.download(trial, this.#predicted, predicted);
      return Uint8Array.from(this.#classesOf(predicted));
    });
  }

  #classesOf(predicted: Int32Array): Int32Array {
    if (this.#columns !== 1) return predicted;
    const outputs = new Float32Array(predicted.buffer);
    return Int32Array.from(outputs, (output) => (output > 0.5 ? 1 : 0));
  }
}

import type { DatasetSplit } from '../../datasets/dataset.ts';
import type { CudaKernels } from '../../engines/cuda/kernels.ts';
import type { Pointer } from '../../engines/kernels.ts';
import type { InputScale } from '../../recipe/recipe.ts';
import { scaleTable } from '../batches.ts';
import { targetColumns } from '../kernels/loss.ts';

/** A split on a device, its images and labels once for all trials, and one batch of inputs for each of them. */
export class DeviceSplit {
  readonly input: Pointer;
  readonly labels: Uint8Array;
  readonly #kernels: CudaKernels;
  readonly #size: number;
  readonly #images: Pointer;
  readonly #table: Pointer;
  /** 0, 1, 2, …: the examples in their stored order. */
  readonly #stored: Pointer;
  readonly #targets: Pointer;

  constructor(
    kernels: CudaKernels,
    split: DatasetSplit,
    scale: InputScale,
    batch: { readonly rows: number; readonly columns: number },
  ) {
    const { memory } = kernels.launcher;
    this.#kernels = kernels;
    this.#size = split.images.length / split.count;
    this.labels = split.labels;
    this.#images = memory.allocateCommon(split.images);
    this.#table = memory.allocateCommon(scaleTable(scale));
    this.#stored = memory.allocateCommon(Int32Array.from({ length: split.count }, (_, i) => i));
    this.#targets = memory.allocateCommon(targetColumns(split.labels, batch.columns));
    this.input = kernels.allocate(batch.rows * this.#size * 4);
  }

  labelsOf(order: Int32Array): Uint8Array {
    const labels = new Uint8Array(order.length);
    for (let at = 0; at < order.length; at += 1) labels[at] = this.labels[order[at] ?? 0] ?? 0;
    return labels;
  }

  /** Fills a batch of inputs with the examples whose indices lie at `indices`. */
  gather(indices: Pointer, into: Pointer, rows: number): void {
    this.#kernels.gather(this.#images, indices, this.#table, into, rows, this.#size);
  }

  /** The examples from `start` on as the next batch. */
  gatherStored(start: number, rows: number): { input: Pointer; targets: Pointer } {
    this.gather(this.#stored + 4 * start, this.input, rows);
    return { input: this.input, targets: this.#targets + 4 * start };
  }
}

import type { DatasetSplit } from '../dataset.ts';
import type { Kernels } from '../engines/kernels.ts';
import type { InputScale } from '../recipe.ts';

/** The 256 input values that the stored bytes stand for. */
export function scaleTable(scale: InputScale): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => (scale === '1/255' ? byte / 255 : byte));
}

/** Feeds examples of one split into engine memory: scaled inputs and int32 labels. */
export class BatchSource {
  readonly input: number;
  readonly labels: number;
  readonly #kernels: Kernels;
  readonly #images: number;
  readonly #table: number;
  readonly #indices: number;
  readonly #allLabels: Uint8Array;
  readonly #size: number;

  /** `rows` is the largest batch. */
  constructor(kernels: Kernels, split: DatasetSplit, scale: InputScale, rows: number) {
    this.#kernels = kernels;
    this.#size = split.images.length / split.count;
    this.#allLabels = split.labels;
    this.#images = kernels.allocate(split.images.length);
    this.#table = kernels.allocate(256 * 4);
    this.#indices = kernels.allocate(rows * 4);
    this.input = kernels.allocate(rows * this.#size * 4);
    this.labels = kernels.allocate(rows * 4);
    kernels.u8(this.#images, split.images.length).set(split.images);
    kernels.f32(this.#table, 256).set(scaleTable(scale));
  }

  /** Loads the examples of these indices as the next batch. */
  load(indices: Int32Array): void {
    const rows = indices.length;
    this.#kernels.i32(this.#indices, rows).set(indices);
    const labels = this.#kernels.i32(this.labels, rows);
    for (let row = 0; row < rows; row += 1) labels[row] = this.#allLabels[indices[row] ?? 0] ?? 0;
    this.#kernels.gather(this.#images, this.#indices, this.#table, this.input, rows, this.#size);
  }
}

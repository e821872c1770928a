import type { DatasetSplit } from '../datasets/dataset.ts';
import type { Kernels } from '../engines/kernels.ts';
import type { Augmentation } from '../recipe/fit-options.ts';
import { streamKey, type StreamKey } from '../streams/streams.ts';
import type { InputScale } from '../recipe/recipe.ts';
import { randomMap } from './augmentation.ts';
import type { StepWatch } from './program.ts';

/** Numbers in an affine map. */
const MAP_LENGTH = 6;

/** The 256 input values that the stored bytes stand for. */
export function scaleTable(scale: InputScale): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => (scale === '1/255' ? byte / 255 : byte));
}

/** How a source changes its images at random. */
export interface AugmentationSetup {
  readonly augmentation: Augmentation;
  readonly imageShape: readonly [height: number, width: number, channels: number];
  readonly seed: number;
}

/**
 * Feeds examples of one split into engine memory: scaled inputs and int32 labels. The split stays where it is, perhaps shared by
 * many trials; a batch of its bytes at a time goes into the engine's memory.
 */
export class BatchSource {
  readonly input: number;
  readonly labels: number;
  readonly #kernels: Kernels;
  readonly #stored: Uint8Array;
  /** The bytes of a batch, one image after the other. */
  readonly #batch: number;
  readonly #table: number;
  readonly #indices: number;
  readonly #allLabels: Uint8Array;
  readonly #size: number;
  readonly #augmentation: (AugmentationSetup & { key: StreamKey }) | null;
  readonly #unchanged: number;
  readonly #maps: number;

  /** `rows` is the largest batch. */
  constructor(
    kernels: Kernels,
    split: DatasetSplit,
    scale: InputScale,
    rows: number,
    augmentation: AugmentationSetup | null = null,
  ) {
    this.#kernels = kernels;
    this.#size = split.images.length / split.count;
    this.#allLabels = split.labels;
    this.#stored = split.images;
    this.#batch = kernels.allocate(rows * this.#size);
    this.#table = kernels.allocate(256 * 4);
    this.#indices = kernels.allocate(rows * 4);
    this.input = kernels.allocate(rows * this.#size * 4);
    this.labels = kernels.allocate(rows * 4);
    this.#augmentation =
      augmentation === null
        ? null
        : { ...augmentation, key: streamKey(augmentation.seed, 'augmentation') };
    this.#unchanged = augmentation === null ? 0 : kernels.allocate(rows * this.#size * 4);
    this.#maps = augmentation === null ? 0 : kernels.allocate(rows * MAP_LENGTH * 4);
    kernels.i32(this.#indices, rows).set(Int32Array.from({ length: rows }, (_, row) => row));
    kernels.f32(this.#table, 256).set(scaleTable(scale));
  }

  /** Loads the examples of these indices as the next batch; with an epoch, changed at random where the source does. */
  load(indices: Int32Array, epoch: number | null = null): void {
    const rows = indices.length;
    const size = this.#size;
    const batch = this.#kernels.u8(this.#batch, rows * size);
    const labels = this.#kernels.i32(this.labels, rows);
    for (let row = 0; row < rows; row += 1) {
      const example = indices[row] ?? 0;
      batch.set(this.#stored.subarray(example * size, (example + 1) * size), row * size);
      labels[row] = this.#allLabels[example] ?? 0;
    }
    const changed = this.#augmentation !== null && epoch !== null;
    const gathered = changed ? this.#unchanged : this.input;
    this.#kernels.gather(this.#batch, this.#indices, this.#table, gathered, rows, this.#size);
    if (changed) this.#change(this.#augmentation, indices, epoch);
  }

  /** Shows the batch that was loaded last as one of training, with the images before and after their changes. */
  show(rows: number, watch: StepWatch): void {
    const gathered = this.#augmentation === null ? this.input : this.#unchanged;
    watch('images', this.#kernels.f32(gathered, rows * this.#size));
    watch('labels', this.#kernels.i32(this.labels, rows));
    if (this.#augmentation === null) return;
    watch('changedImages', this.#kernels.f32(this.input, rows * this.#size));
  }

  /** Moves every image of the batch by its own map. */
  #change(
    { augmentation, imageShape, key }: AugmentationSetup & { key: StreamKey },
    indices: Int32Array,
    epoch: number,
  ): void {
    const rows = indices.length;
    const maps = this.#kernels.f32(this.#maps, rows * MAP_LENGTH);
    for (const [row, example] of indices.entries()) {
      maps.set(randomMap(augmentation, imageShape, { key, epoch, example }), row * MAP_LENGTH);
    }
    this.#kernels.transformImages(this.#unchanged, this.#maps, this.input, rows, ...imageShape);
  }
}

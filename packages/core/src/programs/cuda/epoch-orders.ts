import type { Dataset } from '../../datasets/dataset.ts';
import type { CudaKernels } from '../../engines/cuda/kernels.ts';
import type { Pointer } from '../../engines/kernels.ts';
import { sizeOf } from '../../layers/layer.ts';
import type { Recipe } from '../../recipe/recipe.ts';
import { streamKey, type StreamKey } from '../../streams/streams.ts';
import { randomMap } from '../augmentation.ts';
import { targetColumns } from '../kernels/loss.ts';
import type { DeviceSplit } from './split.ts';

/** Numbers in an affine map. */
const MAP_LENGTH = 6;

/** What of an epoch is known before it begins, for every trial on the device: order, targets, class weights, image changes. */
export class EpochOrders {
  readonly #kernels: CudaKernels;
  readonly #recipe: Recipe;
  readonly #dataset: Dataset;
  readonly #columns: number;
  readonly #augmentationKeys: readonly StreamKey[];
  readonly #indices: Pointer;
  readonly #targets: Pointer;
  /** 0 where nothing is weighed. */
  readonly #factors: Pointer;
  /** 0, as the next, where images are not changed. */
  readonly #maps: Pointer;
  readonly #unchanged: Pointer;

  constructor(
    kernels: CudaKernels,
    setup: {
      readonly recipe: Recipe;
      readonly dataset: Dataset;
      readonly seeds: readonly number[];
      /** The most examples in an epoch, and in a batch. */
      readonly examples: number;
      readonly rows: number;
      readonly columns: number;
    },
  ) {
    const { recipe, dataset, seeds, examples, rows, columns } = setup;
    const changed = recipe.augmentation !== undefined;
    this.#kernels = kernels;
    this.#recipe = recipe;
    this.#dataset = dataset;
    this.#columns = columns;
    this.#augmentationKeys = seeds.map((seed) => streamKey(seed, 'augmentation'));
    this.#indices = kernels.allocate(4 * examples);
    this.#targets = kernels.allocate(4 * examples);
    this.#factors = recipe.classWeight === undefined ? 0 : kernels.allocate(4 * examples);
    this.#maps = changed ? kernels.allocate(4 * MAP_LENGTH * examples) : 0;
    this.#unchanged = changed ? kernels.allocate(4 * rows * sizeOf(dataset.imageShape)) : 0;
  }

  /** Sends each trial's order of the examples, with their labels, and what goes with it, to the device. */
  load(orders: readonly Int32Array[], labels: readonly Uint8Array[], epoch: number): void {
    const { launches, memory } = this.#kernels.launcher;
    launches.submit();
    for (const [trial, order] of orders.entries()) {
      const own = labels[trial] ?? new Uint8Array(order.length);
      memory.upload(trial, this.#indices, order);
      memory.upload(trial, this.#targets, targetColumns(own, this.#columns));
      if (this.#factors !== 0) memory.upload(trial, this.#factors, this.#factorsOf(own));
      if (this.#maps !== 0) memory.upload(trial, this.#maps, this.#mapsOf(trial, order, epoch));
    }
  }

  /** Fills the batch that begins at `start` of the order; returns where it lies. */
  gather(split: DeviceSplit, start: number, rows: number): Pointer {
    const indices = this.#indices + 4 * start;
    if (this.#maps === 0) {
      split.gather(indices, split.input, rows);
      return split.input;
    }
    split.gather(indices, this.#unchanged, rows);
    const maps = this.#maps + 4 * MAP_LENGTH * start;
    const { imageShape } = this.#dataset;
    this.#kernels.transformImages(this.#unchanged, maps, split.input, rows, ...imageShape);
    return split.input;
  }

  targets(start: number): Pointer {
    return this.#targets + 4 * start;
  }

  weighLosses(losses: Pointer, start: number, rows: number): void {
    if (this.#factors !== 0) {
      this.#kernels.multiply(losses, this.#factors + 4 * start, losses, rows);
    }
  }

  weighGradient(gradient: Pointer, start: number, rows: number): void {
    if (this.#factors === 0) return;
    const factors = this.#factors + 4 * start;
    this.#kernels.scaleRows(gradient, factors, gradient, rows, this.#columns);
  }

  #factorsOf(labels: Uint8Array): Float32Array {
    const weights = Float32Array.from(this.#recipe.classWeight ?? []);
    return Float32Array.from(labels, (label) => weights[label] ?? 0);
  }

  #mapsOf(trial: number, order: Int32Array, epoch: number): Float32Array {
    const { augmentation } = this.#recipe;
    const key = this.#augmentationKeys[trial];
    const maps = new Float32Array(MAP_LENGTH * order.length);
    if (augmentation === undefined || key === undefined) return maps;
    for (const [row, example] of order.entries()) {
      const map = randomMap(augmentation, this.#dataset.imageShape, { key, epoch, example });
      maps.set(map, MAP_LENGTH * row);
    }
    return maps;
  }
}

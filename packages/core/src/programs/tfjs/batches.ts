import { sizeOf } from '../../layers/layer.ts';
import { BatchSource } from '../batches.ts';
import type { ProgramSetup } from '../program.ts';
import type { Kernels } from '../../engines/kernels.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** A batch as tensors. */
export interface TfjsBatch {
  /** Scaled inputs: `[rows, ...inputShape]`. */
  readonly x: Tensor;
  /** Class indices, int32: `[rows]`. */
  readonly labels: Tensor;
  /** One-hot labels `[rows, outputs]`; with one output the labels themselves. */
  readonly targets: Tensor;
}

/** Hands the batches that `kernels` loads, as for every engine, to TensorFlow.js. */
export class TfjsBatches {
  readonly #tf: TensorFlow;
  readonly #kernels: Kernels;
  readonly #inputShape: readonly number[];
  readonly #outputs: number;
  readonly #sources: Readonly<Record<'train' | 'test', BatchSource>>;

  /** `rows` is the largest batch. */
  constructor(tf: TensorFlow, kernels: Kernels, setup: ProgramSetup, rows: number) {
    const { recipe, plan, dataset, seed } = setup;
    const { augmentation } = recipe;
    const changes =
      augmentation === undefined ? null : { augmentation, imageShape: dataset.imageShape, seed };
    this.#tf = tf;
    this.#kernels = kernels;
    this.#inputShape = plan.inputShape;
    this.#outputs = sizeOf(plan.outputShape);
    this.#sources = {
      train: new BatchSource(kernels, dataset.train, recipe.inputScale, rows, changes),
      test: new BatchSource(kernels, dataset.test, recipe.inputScale, rows),
    };
  }

  /** The examples of these indices; with an epoch, changed at random where the recipe augments. */
  load(part: 'train' | 'test', indices: Int32Array, epoch: number | null = null): TfjsBatch {
    const tf = this.#tf;
    const source = this.#sources[part];
    source.load(indices, epoch);
    const shape = [indices.length, ...this.#inputShape];
    // Copies, because a tensor may keep its array and this memory is written again for the next batch.
    const inputs = this.#kernels.f32(source.input, sizeOf(shape)).slice();
    const labels = tf.tensor1d(this.#kernels.i32(source.labels, indices.length).slice(), 'int32');
    const targets =
      this.#outputs === 1 ? labels.reshape([-1, 1]) : tf.oneHot(labels, this.#outputs);
    return { x: tf.tensor(inputs, shape), labels, targets: targets.toFloat() };
  }
}

import type { Dataset } from '../../dataset.ts';
import { sizeOf } from '../../layers/layer.ts';
import type { Recipe } from '../../recipe.ts';
import { BatchSource } from '../../training/batches.ts';
import type { Kernels } from '../kernels.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** A batch as tensors. */
export interface TfjsBatch {
  /** Scaled inputs: `[rows, ...inputShape]`. */
  readonly x: Tensor;
  /** One-hot labels: `[rows, classes]`. */
  readonly targets: Tensor;
}

/** Hands the batches that `kernels` loads, as for every engine, to TensorFlow.js. */
export class TfjsBatches {
  readonly #tf: TensorFlow;
  readonly #kernels: Kernels;
  readonly #recipe: Recipe;
  readonly #classes: number;
  readonly #sources: Readonly<Record<'train' | 'test', BatchSource>>;

  /** `rows` is the largest batch. */
  constructor(
    tf: TensorFlow,
    kernels: Kernels,
    options: { readonly recipe: Recipe; readonly dataset: Dataset; readonly rows: number },
  ) {
    const { recipe, dataset, rows } = options;
    this.#tf = tf;
    this.#kernels = kernels;
    this.#recipe = recipe;
    this.#classes = dataset.classes.length;
    this.#sources = {
      train: new BatchSource(kernels, dataset.train, recipe.inputScale, rows),
      test: new BatchSource(kernels, dataset.test, recipe.inputScale, rows),
    };
  }

  load(part: 'train' | 'test', indices: Int32Array): TfjsBatch {
    const source = this.#sources[part];
    source.load(indices);
    const shape = [indices.length, ...this.#recipe.inputShape];
    // Copies, because a tensor may keep its array and this memory is written again for the next batch.
    const inputs = this.#kernels.f32(source.input, sizeOf(shape)).slice();
    const labels = this.#kernels.i32(source.labels, indices.length).slice();
    return {
      x: this.#tf.tensor(inputs, shape),
      targets: this.#tf.oneHot(this.#tf.tensor1d(labels, 'int32'), this.#classes).toFloat(),
    };
  }
}

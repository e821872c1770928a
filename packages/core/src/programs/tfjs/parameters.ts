import { sizeOf, type WeightSpec } from '../../layers/layer.ts';
import type { Update } from './optimizers/update.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** A network's weights and their optimiser's running averages as tensors that outlive the steps. */
export class TfjsParameters {
  readonly #tf: TensorFlow;
  readonly #specs: readonly WeightSpec[];
  /** Indices of the weights that the optimiser updates. */
  readonly #trained: readonly number[];
  readonly #slotCount: number;
  readonly #weights: Tensor[];
  /** `#slotCount` for every trained weight array, one array after the other. */
  readonly #slots: Tensor[];

  /** The weights start at zero, their slots at `slots.initial`. */
  constructor(
    tf: TensorFlow,
    specs: readonly WeightSpec[],
    slots: { readonly count: number; readonly initial: number },
  ) {
    this.#tf = tf;
    this.#specs = specs;
    this.#trained = [...specs.keys()].filter((index) => specs[index]?.trainable === true);
    this.#slotCount = slots.count;
    this.#weights = specs.map(({ shape }) => tf.zeros([...shape]));
    this.#slots = this.#trained.flatMap((index) => {
      const shape = this.#shapeOf(index);
      const values = new Float32Array(sizeOf(shape)).fill(slots.initial);
      return Array.from({ length: slots.count }, () => this.#tensor(values, shape));
    });
  }

  /** All weights in layer order. */
  get weights(): readonly Tensor[] {
    return this.#weights;
  }

  /** Those that the optimiser updates. */
  get trained(): Tensor[] {
    return this.#weights.filter((_, index) => this.#trained.includes(index));
  }

  /** All weights with these in the places of the trained ones. */
  withTrained(trained: readonly Tensor[]): Tensor[] {
    const weights = [...this.#weights];
    for (const [order, index] of this.#trained.entries()) {
      const weight = trained[order];
      if (weight !== undefined) weights[index] = weight;
    }
    return weights;
  }

  /** Updates the trained weights by their gradients, which may lie in a surrounding `tf.tidy`. */
  update(gradients: readonly Tensor[], update: Update): void {
    for (const [order, index] of this.#trained.entries()) {
      const [weight, gradient] = [this.#weights[index], gradients[order]];
      if (weight === undefined || gradient === undefined) {
        throw new Error(`weight array ${index} has no gradient`);
      }
      const first = order * this.#slotCount;
      const slots = this.#slots.slice(first, first + this.#slotCount);
      const next = update(this.#tf, {
        weight,
        gradient: this.#penalized(gradient, weight, index),
        slots,
      });
      this.replaceWeight(index, next.weight);
      for (const [slot, tensor] of next.slots.entries()) {
        this.#replace(this.#slots, first + slot, tensor);
      }
    }
  }

  /** What regularisation adds to every loss, as a scalar: Σ l1·Σ|w| + l2·Σw² over these weights (all, in layer order). */
  penalty(weights: readonly Tensor[]): Tensor {
    const tf = this.#tf;
    return weights.reduce<Tensor>((sum, weight, index) => {
      const regularizer = this.#specs[index]?.regularizer ?? null;
      if (regularizer === null) return sum;
      const absolute = tf.mul(tf.sum(tf.abs(weight)), regularizer.l1);
      return tf.add(sum, tf.add(absolute, tf.mul(tf.sum(tf.square(weight)), regularizer.l2)));
    }, tf.scalar(0));
  }

  readWeights(): Float32Array[] {
    return this.#weights.map(floatsOf);
  }

  readSlots(): Float32Array[] {
    return this.#slots.map(floatsOf);
  }

  writeWeights(weights: readonly Float32Array[]): void {
    for (const [index, { shape }] of this.#specs.entries()) {
      this.replaceWeight(index, this.#tensor(weights[index], shape));
    }
  }

  writeSlots(slots: readonly Float32Array[]): void {
    for (const index of this.#slots.keys()) {
      const shape = this.#shapeOf(this.#trained[Math.floor(index / this.#slotCount)] ?? 0);
      this.#replace(this.#slots, index, this.#tensor(slots[index], shape));
    }
  }

  dispose(): void {
    this.#tf.dispose([this.#weights, this.#slots]);
  }

  replaceWeight(index: number, next: Tensor): void {
    this.#replace(this.#weights, index, next);
  }

  #shapeOf(index: number): readonly number[] {
    return this.#specs[index]?.shape ?? [];
  }

  /** Adds the regulariser's derivative l1 · sign(w) + 2 · l2 · w; TensorFlow.js's own of |w| is −1 at 0. */
  #penalized(gradient: Tensor, weight: Tensor, index: number): Tensor {
    const tf = this.#tf;
    const regularizer = this.#specs[index]?.regularizer ?? null;
    if (regularizer === null) return gradient;
    const first = tf.mul(tf.sign(weight), regularizer.l1);
    return tf.add(gradient, tf.add(first, tf.mul(weight, 2 * regularizer.l2)));
  }

  #replace(tensors: Tensor[], index: number, next: Tensor): void {
    const before = tensors[index];
    // An update may hand a tensor back unchanged.
    if (before === next) return;
    before?.dispose();
    tensors[index] = this.#tf.keep(next);
  }

  /** From a copy of the values, because a tensor may keep the array that it is given. */
  #tensor(values: Float32Array | undefined, shape: readonly number[]): Tensor {
    if (values?.length !== sizeOf(shape)) {
      throw new RangeError('these weights are of another network');
    }
    return this.#tf.tensor(values.slice(), [...shape]);
  }
}

function floatsOf(tensor: Tensor): Float32Array {
  return Float32Array.from(tensor.dataSync());
}

import { sizeOf } from '../../layers/layer.ts';
import type { Update } from './optimizers.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** A network's weights and their optimiser's running averages as tensors that outlive the steps. */
export class TfjsParameters {
  readonly #tf: TensorFlow;
  readonly #shapes: readonly (readonly number[])[];
  readonly #slotCount: number;
  readonly #weights: Tensor[];
  /** `#slotCount` for every weight array, one array after the other. */
  readonly #slots: Tensor[];

  /** Everything starts at zero. */
  constructor(tf: TensorFlow, shapes: readonly (readonly number[])[], slotCount: number) {
    this.#tf = tf;
    this.#shapes = shapes;
    this.#slotCount = slotCount;
    this.#weights = shapes.map((shape) => tf.zeros([...shape]));
    this.#slots = shapes.flatMap((shape) =>
      Array.from({ length: slotCount }, () => tf.zeros([...shape])),
    );
  }

  /** All weights in layer order. */
  get weights(): readonly Tensor[] {
    return this.#weights;
  }

  /** Updates the weights by their gradients, which may lie in a surrounding `tf.tidy`. */
  update(gradients: readonly Tensor[], update: Update): void {
    for (const [index, gradient] of gradients.entries()) {
      const weight = this.#weights[index];
      if (weight === undefined) throw new Error(`no weight array ${index}`);
      const first = index * this.#slotCount;
      const slots = this.#slots.slice(first, first + this.#slotCount);
      const next = update(this.#tf, { weight, gradient, slots });
      this.#replace(this.#weights, index, next.weight);
      for (const [slot, tensor] of next.slots.entries()) {
        this.#replace(this.#slots, first + slot, tensor);
      }
    }
  }

  readWeights(): Float32Array[] {
    return this.#weights.map(floatsOf);
  }

  readSlots(): Float32Array[] {
    return this.#slots.map(floatsOf);
  }

  writeWeights(weights: readonly Float32Array[]): void {
    for (const [index, shape] of this.#shapes.entries()) {
      this.#replace(this.#weights, index, this.#tensor(weights[index], shape));
    }
  }

  writeSlots(slots: readonly Float32Array[]): void {
    for (const index of this.#slots.keys()) {
      const shape = this.#shapes[Math.floor(index / this.#slotCount)] ?? [];
      this.#replace(this.#slots, index, this.#tensor(slots[index], shape));
    }
  }

  dispose(): void {
    this.#tf.dispose([this.#weights, this.#slots]);
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

import type { Kernels, Pointer } from '../../engines/kernels.ts';
import type { Parameter } from '../../layers/layer.ts';
import type { Regularizer } from '../../layers/regularizer.ts';

/**
 * L1 and L2 regularisation as Keras has it: every regularised array adds l1·Σ|w| + l2·Σw² to the loss of every batch
 * and of every evaluation, and the gradient of that to its own (Keras: `regularizers.L1L2`).
 */
export class Penalty {
  readonly #kernels: Kernels;
  readonly #parameters: readonly Parameter[];
  readonly #sums: number;

  constructor(kernels: Kernels, parameters: readonly Parameter[]) {
    this.#kernels = kernels;
    this.#parameters = parameters.filter(({ regularizer }) => regularizer !== null);
    this.#sums = this.#parameters.length > 0 ? kernels.allocate(2 * 4) : 0;
  }

  /** Arrays that are regularised: each has two sums, Σ|w| and Σw². */
  get count(): number {
    return this.#parameters.length;
  }

  /** The penalty of the weights as they are; 0 where nothing is regularised. */
  value(): number {
    let total = 0;
    for (const { pointer, length, regularizer } of this.#parameters) {
      this.#kernels.weightNorms(pointer, this.#sums, length);
      total += termOf(regularizer, this.#kernels.f32(this.#sums, 2));
    }
    return total;
  }

  /** Writes the sums of the weights as they are to `sums`, two floats for each array. */
  measure(sums: Pointer): void {
    for (const [index, { pointer, length }] of this.#parameters.entries()) {
      this.#kernels.weightNorms(pointer, sums + 8 * index, length);
    }
  }

  /** The penalty that such sums come to. */
  valueOf(sums: Float32Array): number {
    return this.#parameters.reduce(
      (total, { regularizer }, index) =>
        total + termOf(regularizer, sums.subarray(2 * index, 2 * index + 2)),
      0,
    );
  }

  /** Adds the penalty's gradients to those that the network's backward pass left. */
  addGradients(): void {
    for (const { pointer, gradient, length, regularizer } of this.#parameters) {
      this.#kernels.regularize(
        pointer,
        gradient,
        length,
        regularizer?.l1 ?? 0,
        regularizer?.l2 ?? 0,
      );
    }
  }
}

function termOf(
  regularizer: Regularizer | null,
  [absolute = 0, squares = 0]: Float32Array,
): number {
  return (regularizer?.l1 ?? 0) * absolute + (regularizer?.l2 ?? 0) * squares;
}

import type { Kernels } from '../../engines/kernels.ts';
import type { Parameter } from '../../layers/layer.ts';

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

  /** The penalty of the weights as they are; 0 where nothing is regularised. */
  value(): number {
    let total = 0;
    for (const { pointer, length, regularizer } of this.#parameters) {
      this.#kernels.weightNorms(pointer, this.#sums, length);
      const [absolute = 0, squares = 0] = this.#kernels.f32(this.#sums, 2);
      total += (regularizer?.l1 ?? 0) * absolute + (regularizer?.l2 ?? 0) * squares;
    }
    return total;
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

import { z } from 'zod';
import type { Kernels, Pointer } from '../engines/kernels.ts';
import { commonOptions, LayerProblem, parseOptions, sizeOf } from './layer.ts';
import { type Merge, type MergeContext, type MergeDefinition, notTrained } from './merge.ts';

const OptionsSchema = z.strictObject(commonOptions);

/** y = a ∘ b on `length` floats, every result rounded to float32 once; y may be a. */
type Combine = (kernels: Kernels, a: Pointer, b: Pointer, y: Pointer, length: number) => void;

/** For what the kernels do not offer. Doubles hold these results of two float32 exactly enough to round only once. */
function each(operation: (a: number, b: number) => number): Combine {
  return (kernels, a, b, y, length) => {
    const [left, right] = [kernels.f32(a, length), kernels.f32(b, length)];
    const out = kernels.f32(y, length);
    for (let at = 0; at < length; at += 1) out[at] = operation(left[at] ?? 0, right[at] ?? 0);
  };
}

/** A sum of two arrays is a row with a bias of its own length. */
const add: Combine = (kernels, a, b, y, length) => kernels.addBias(a, b, y, 1, length);

interface Elementwise {
  readonly combine: Combine;
  /** How many layers it takes; Keras's `Subtract` takes two and nothing else. */
  readonly most: number;
  /** Whether the result is divided by the number of inputs. */
  readonly mean: boolean;
}

const many = { most: Infinity, mean: false };
const operations: Readonly<Record<string, Elementwise>> = {
  Add: { ...many, combine: add },
  Average: { ...many, combine: add, mean: true },
  Maximum: { ...many, combine: each((a, b) => Math.max(a, b)) },
  Minimum: { ...many, combine: each((a, b) => Math.min(a, b)) },
  Multiply: {
    ...many,
    combine: (kernels, a, b, y, length) => kernels.multiply(a, b, y, length),
  },
  Subtract: { combine: each((a, b) => a - b), most: 2, mean: false },
};

/** Combines its inputs from left to right, as Keras does. */
class ElementwiseMerge implements Merge {
  readonly #context: MergeContext;
  readonly #operation: Elementwise;
  readonly #length: number;
  readonly #output: Pointer;

  constructor(operation: Elementwise, outputShape: readonly number[], context: MergeContext) {
    this.#context = context;
    this.#operation = operation;
    this.#length = sizeOf(outputShape);
    this.#output = context.memory.output(context.rows * this.#length * 4);
  }

  forward([first = 0, ...others]: readonly Pointer[], rows: number): Pointer {
    const { kernels } = this.#context;
    const length = rows * this.#length;
    let value = first;
    for (const other of others) {
      this.#operation.combine(kernels, value, other, this.#output, length);
      value = this.#output;
    }
    if (this.#operation.mean) {
      const count = others.length + 1;
      const mean = kernels.f32(this.#output, length);
      for (let at = 0; at < length; at += 1) mean[at] = (mean[at] ?? 0) / count;
    }
    return this.#output;
  }
}

/** Keras's merges of arrays of equal shape. Shapes that Keras would stretch to each other are refused. */
export const elementwiseMerges: readonly MergeDefinition[] = Object.entries(operations).map(
  ([className, operation]) => ({
    className,
    merges: true,
    plan(config, inputShapes) {
      parseOptions(OptionsSchema, config);
      const [first, ...others] = inputShapes;
      const count = inputShapes.length;
      if (first === undefined || count < 2 || count > operation.most) {
        throw new LayerProblem(
          `it takes ${operation.most === 2 ? 'two' : 'two or more'} inputs and has ${count}`,
        );
      }
      const other = others.find((shape) => shape.join() !== first.join());
      if (other !== undefined) {
        throw new LayerProblem(
          `its inputs have the different shapes [${first.join(', ')}] and [${other.join(', ')}]`,
        );
      }
      return {
        config: {},
        outputShape: first,
        weights: [],
        multiplyAdds: 0,
        untrainable: notTrained(className),
      };
    },
    build: ({ outputShape }, context) => new ElementwiseMerge(operation, outputShape, context),
  }),
);

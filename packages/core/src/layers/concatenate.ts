import { z } from 'zod';
import type { Pointer } from '../engines/kernels.ts';
import { commonOptions, LayerProblem, parseOptions, sizeOf } from './layer.ts';
import { type Merge, type MergeContext, type MergeDefinition, notTrained } from './merge.ts';

const OptionsSchema = z.strictObject({ ...commonOptions, axis: z.int().optional() });
const PlannedSchema = z.object({ axis: z.int().positive() });

/** Lays its inputs side by side along one axis: for every place before that axis, a run of each input. */
class ConcatenateMerge implements Merge {
  readonly #context: MergeContext;
  /** Values of each input that lie together. */
  readonly #runs: readonly number[];
  readonly #places: number;
  readonly #length: number;
  readonly #output: Pointer;

  /** `axis` counts without the batch dimension. */
  constructor(axis: number, outputShape: readonly number[], context: MergeContext) {
    this.#context = context;
    this.#runs = context.inputShapes.map((shape) => sizeOf(shape.slice(axis)));
    this.#places = sizeOf(outputShape.slice(0, axis));
    this.#length = sizeOf(outputShape);
    this.#output = context.memory.output(context.rows * this.#length * 4);
  }

  forward(inputs: readonly Pointer[], rows: number): Pointer {
    const { kernels } = this.#context;
    const places = rows * this.#places;
    const out = kernels.f32(this.#output, rows * this.#length);
    const width = this.#runs.reduce((sum, run) => sum + run, 0);
    let start = 0;
    for (const [index, input] of inputs.entries()) {
      const run = this.#runs[index] ?? 0;
      const values = kernels.f32(input, places * run);
      for (let place = 0; place < places; place += 1) {
        out.set(values.subarray(place * run, (place + 1) * run), place * width + start);
      }
      start += run;
    }
    return this.#output;
  }
}

/** Keras `Concatenate`; its axis counts the batch dimension, or from the end where it is negative. */
export const concatenateMerge: MergeDefinition = {
  className: 'Concatenate',
  merges: true,
  plan(config, inputShapes) {
    const { axis: given = -1 } = parseOptions(OptionsSchema, config);
    const [first, ...others] = inputShapes;
    if (first === undefined || others.length === 0) {
      throw new LayerProblem(`it takes two or more inputs and has ${inputShapes.length}`);
    }
    const axis = given < 0 ? given + first.length : given - 1;
    if (axis < 0 || axis >= first.length) {
      throw new LayerProblem(
        `its axis ${given} is none of the axes of one example of the shape [${first.join(', ')}]`,
      );
    }
    const around = (shape: readonly number[]): string =>
      shape.map((extent, at) => (at === axis ? '·' : extent)).join(', ');
    const other = others.find((shape) => around(shape) !== around(first));
    if (other !== undefined) {
      throw new LayerProblem(
        `its inputs have the shapes [${first.join(', ')}] and [${other.join(', ')}], which do not fit side by side along axis ${given}`,
      );
    }
    const extent = inputShapes.reduce((sum, shape) => sum + (shape[axis] ?? 0), 0);
    return {
      config: { axis: axis + 1 },
      outputShape: first.map((own, at) => (at === axis ? extent : own)),
      weights: [],
      multiplyAdds: 0,
      untrainable: notTrained('Concatenate'),
    };
  },
  build({ config, outputShape }, context) {
    const { axis } = PlannedSchema.parse(config);
    return new ConcatenateMerge(axis - 1, outputShape, context);
  },
};

import { z } from 'zod';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  type Operation,
  parseOptions,
} from './layer.ts';

const OptionsSchema = z.strictObject({
  ...commonOptions,
  scale: z.number(),
  offset: z.number().optional(),
});

/** y = x · scale + offset: the product, then the sum, each rounded to float32. */
class RescalingOperation implements Operation {
  readonly outputIsFree = true;
  readonly #context: BuildContext;
  readonly #scale: number;
  readonly #offset: number;
  readonly #output: number;

  constructor(scale: number, offset: number, context: BuildContext) {
    const { kernels, memory, rows, outputLength } = context;
    const filled = (length: number, value: number): number => {
      const pointer = kernels.allocate(length * 4);
      kernels.f32(pointer, length).fill(value);
      return pointer;
    };
    this.#context = context;
    this.#scale = filled(rows * outputLength, scale);
    this.#offset = filled(outputLength, offset);
    this.#output = memory.output(rows * outputLength * 4);
  }

  forward(x: number, rows: number): number {
    const { kernels, outputLength } = this.#context;
    kernels.multiply(x, this.#scale, this.#output, rows * outputLength);
    kernels.addBias(this.#output, this.#offset, this.#output, rows, outputLength);
    return this.#output;
  }

  backward(dy: number, rows: number): number {
    const { kernels, outputLength } = this.#context;
    kernels.multiply(dy, this.#scale, dy, rows * outputLength);
    return dy;
  }
}

const PlannedSchema = z.object({ scale: z.number(), offset: z.number() });

/** Keras `Rescaling`: networks that take raw pixels often begin with it. */
export const rescalingLayer: LayerDefinition = {
  className: 'Rescaling',
  plan(config, inputShape) {
    const { scale, offset } = parseOptions(OptionsSchema, config);
    return {
      config: { scale, offset: offset ?? 0 },
      outputShape: inputShape,
      weights: [],
      multiplyAdds: 0,
      untrainable: [],
    };
  },
  build(shape, context) {
    const { scale, offset } = PlannedSchema.parse(shape.config);
    return [new RescalingOperation(scale, offset, context)];
  },
};

import { z } from 'zod';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  type Operation,
  type Pass,
  parseOptions,
} from './layer.ts';

const OptionsSchema = z.strictObject({
  ...commonOptions,
  rate: z.number().min(0).lt(1),
  seed: z.int().nullish(),
  noise_shape: z.unknown().optional(),
});

/** They change the masks: a trial draws its own seeds, and every element by itself. */
const TRAINING_ONLY = ['seed', 'noise_shape'] as const;

/** Inverted dropout (Srivastava et al., JMLR 15, 2014; scaled while training, as Keras does): the identity when evaluating. */
class DropoutOperation implements Operation {
  readonly outputIsFree = true;
  readonly #context: BuildContext;
  readonly #rate: number;
  readonly #key: readonly [number, number];
  readonly #mask: number;
  readonly #output: number;

  constructor(rate: number, context: BuildContext) {
    const bytes = context.rows * context.outputLength * 4;
    this.#context = context;
    this.#rate = rate;
    this.#key = context.streamKey('dropout');
    this.#mask = context.memory.output(bytes);
    this.#output = context.memory.output(bytes);
  }

  forward(x: number, rows: number, pass: Pass): number {
    if (!pass.training) return x;
    const { kernels, outputLength } = this.#context;
    const length = rows * outputLength;
    kernels.dropoutMask(this.#mask, length, this.#key[0], this.#key[1], pass.step, this.#rate);
    kernels.multiply(x, this.#mask, this.#output, length);
    return this.#output;
  }

  backward(dy: number, rows: number): number {
    const { kernels, outputLength } = this.#context;
    kernels.multiply(dy, this.#mask, dy, rows * outputLength);
    return dy;
  }
}

export const dropoutLayer: LayerDefinition = {
  className: 'Dropout',
  plan(config, inputShape) {
    const options = parseOptions(OptionsSchema, config);
    return {
      config: { rate: options.rate },
      outputShape: inputShape,
      weights: [],
      multiplyAdds: 0,
      untrainable: TRAINING_ONLY.filter((name) => (options[name] ?? null) !== null),
    };
  },
  build(shape, context) {
    const rate = z.number().parse(shape.config['rate']);
    return rate === 0 || !context.training ? [] : [new DropoutOperation(rate, context)];
  },
};

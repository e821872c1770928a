import { z } from 'zod';
import { initializerOption, readInitializer } from './initializer.ts';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  LayerProblem,
  type Operation,
  type Parameter,
  type Pass,
  parseOptions,
  sizeOf,
  type WeightSpec,
} from './layer.ts';
import { readRegularizer, regularizerOption } from './regularizer.ts';

const OptionsSchema = z.strictObject({
  ...commonOptions,
  axis: z.union([z.int(), z.tuple([z.int()])]).optional(),
  momentum: z.number().min(0).max(1).optional(),
  epsilon: z.number().positive().optional(),
  center: z.boolean().optional(),
  scale: z.boolean().optional(),
  beta_initializer: initializerOption,
  gamma_initializer: initializerOption,
  moving_mean_initializer: initializerOption,
  moving_variance_initializer: initializerOption,
  beta_regularizer: regularizerOption,
  gamma_regularizer: regularizerOption,
  beta_constraint: z.unknown().optional(),
  gamma_constraint: z.unknown().optional(),
  synchronized: z.literal(false).optional(),
  renorm: z.literal(false).optional(),
  /** PyTorch's, and fused Keras 2's: the average moves to n / (n − 1) times the batch's variance. */
  unbiased_variance: z.boolean().optional(),
});

const PlannedSchema = z.object({
  momentum: z.number(),
  epsilon: z.number(),
  center: z.boolean(),
  scale: z.boolean(),
  unbiased_variance: z.literal(true).optional(),
});
type Planned = z.infer<typeof PlannedSchema>;

/** A scale or shift: the layer's own, or a constant in its place whose gradient is thrown away. */
interface Affine {
  readonly pointer: number;
  readonly gradient: number;
}

/**
 * Batch normalisation over all axes but the last (Ioffe & Szegedy, ICML 2015). Training normalises with the batch's
 * mean and biased variance and moves the averages as Keras 3 does: average · momentum + value · (1 − momentum), the
 * variance biased too. (On 4-D inputs, tf.keras 2 moves its average towards the unbiased variance.)
 * Evaluating normalises with the averages.
 */
class BatchNormalizationOperation implements Operation {
  readonly outputIsFree = true;
  readonly #context: BuildContext;
  readonly #options: Planned;
  readonly #columns: number;
  readonly #positions: number;
  readonly #gamma: Affine;
  readonly #beta: Affine;
  readonly #movingMean: Parameter;
  readonly #movingVariance: Parameter;
  readonly #mean: number;
  readonly #variance: number;
  readonly #output: number;
  /** The variance that the average moves to, where it is not the batch's own. */
  readonly #unbiased: number;
  #input = 0;

  constructor(options: Planned, context: BuildContext) {
    const { kernels, memory, rows, outputLength, training } = context;
    const columns = context.inputShape.at(-1) ?? 1;
    const given = [...context.parameters];
    const constant = (value: number): Affine => {
      const pointer = kernels.allocate(columns * 4);
      kernels.f32(pointer, columns).fill(value);
      return {
        pointer,
        gradient: training ? kernels.allocate(columns * 4) : 0,
      };
    };
    this.#context = context;
    this.#options = options;
    this.#columns = columns;
    this.#positions = outputLength / columns;
    this.#gamma = options.scale ? next(given) : constant(1);
    this.#beta = options.center ? next(given) : constant(0);
    this.#movingMean = next(given);
    this.#movingVariance = next(given);
    this.#mean = training ? kernels.allocate(columns * 4) : 0;
    this.#variance = training ? kernels.allocate(columns * 4) : 0;
    this.#output = memory.output(rows * outputLength * 4);
    const unbiased = training && options.unbiased_variance === true;
    this.#unbiased = unbiased ? kernels.allocate(columns * 4) : 0;
  }

  forward(x: number, rows: number, pass: Pass): number {
    const { kernels } = this.#context;
    const { momentum } = this.#options;
    const columns = this.#columns;
    this.#input = x;
    if (!pass.training) {
      return this.#normalize(x, this.#movingMean.pointer, this.#movingVariance.pointer, rows);
    }
    kernels.batchMoments(x, this.#mean, this.#variance, rows, this.#positions, columns);
    kernels.movingAverage(this.#movingMean.pointer, this.#mean, columns, momentum);
    let variance = this.#variance;
    if (this.#unbiased !== 0) {
      const count = rows * this.#positions;
      kernels.scaleWithin(variance, this.#unbiased, columns, count / (count - 1), Infinity);
      variance = this.#unbiased;
    }
    kernels.movingAverage(this.#movingVariance.pointer, variance, columns, momentum);
    return this.#normalize(x, this.#mean, this.#variance, rows);
  }

  backward(dy: number, rows: number): number {
    this.#context.kernels.batchNormalizeGradient(
      this.#input,
      dy,
      this.#gamma.pointer,
      this.#mean,
      this.#variance,
      dy,
      this.#gamma.gradient,
      this.#beta.gradient,
      rows,
      this.#positions,
      this.#columns,
      this.#options.epsilon,
    );
    return dy;
  }

  #normalize(x: number, mean: number, variance: number, rows: number): number {
    this.#context.kernels.batchNormalize(
      x,
      this.#gamma.pointer,
      this.#beta.pointer,
      mean,
      variance,
      this.#output,
      rows * this.#positions,
      this.#columns,
      this.#options.epsilon,
    );
    return this.#output;
  }
}

function next(parameters: Parameter[]): Parameter {
  const parameter = parameters.shift();
  if (parameter === undefined) throw new Error('a batch normalisation without its weights');
  return parameter;
}

/** Keras `BatchNormalization` over the last axis; weights gamma, beta, moving_mean, moving_variance. */
export const batchNormalizationLayer: LayerDefinition = {
  className: 'BatchNormalization',
  plan(config, inputShape) {
    const options = parseOptions(OptionsSchema, config);
    const axis = [options.axis ?? -1].flat()[0];
    if (axis !== -1 && axis !== inputShape.length) {
      throw new LayerProblem(
        `axis ${axis} is not supported; only the last axis (-1 or ${inputShape.length}) is`,
      );
    }
    const columns = inputShape.at(-1) ?? 1;
    const planned: Planned = {
      momentum: options.momentum ?? 0.99,
      epsilon: options.epsilon ?? 0.001,
      center: options.center ?? true,
      scale: options.scale ?? true,
      ...(options.unbiased_variance === true ? { unbiased_variance: true } : {}),
    };
    const untrainable: string[] = (['beta_constraint', 'gamma_constraint'] as const).filter(
      (name) => (options[name] ?? null) !== null,
    );
    const trained = (name: 'gamma' | 'beta', fallback: string): WeightSpec => {
      const regularizer = readRegularizer(options[`${name}_regularizer`]);
      if (regularizer === 'unknown') untrainable.push(`${name}_regularizer`);
      return {
        name,
        shape: [columns],
        initializer: readInitializer(options[`${name}_initializer`], fallback),
        fans: [columns, columns],
        trainable: true,
        regularizer: regularizer === 'unknown' ? null : regularizer,
      };
    };
    const moving = (name: 'moving_mean' | 'moving_variance', fallback: string): WeightSpec => ({
      name,
      shape: [columns],
      initializer: readInitializer(options[`${name}_initializer`], fallback),
      fans: [columns, columns],
      trainable: false,
      regularizer: null,
    });
    return {
      config: planned,
      outputShape: inputShape,
      weights: [
        ...(planned.scale ? [trained('gamma', 'ones')] : []),
        ...(planned.center ? [trained('beta', 'zeros')] : []),
        moving('moving_mean', 'zeros'),
        moving('moving_variance', 'ones'),
      ],
      multiplyAdds: sizeOf(inputShape),
      untrainable,
    };
  },
  build: ({ config }, context) => [
    new BatchNormalizationOperation(PlannedSchema.parse(config), context),
  ],
};

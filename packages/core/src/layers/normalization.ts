import { z } from 'zod';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  LayerProblem,
  type Operation,
  parseOptions,
  sizeOf,
  type WeightSpec,
} from './layer.ts';

/** Means that are given as options stand in every description of the layer; adapted ones, which are weights, may be more. */
const MOST_GIVEN = 64;
const values = z.union([z.number(), z.array(z.unknown()).max(MOST_GIVEN)]);
const OptionsSchema = z.strictObject({
  ...commonOptions,
  axis: z.union([z.int(), z.array(z.int())]).nullish(),
  mean: values.nullish(),
  variance: values.nullish(),
  invert: z.literal(false).nullish(),
});

/** Keras's `backend.epsilon()`: the least that is divided by. */
const EPSILON = 1e-7;

/**
 * y = (x − mean) / max(√variance, 10⁻⁷), Keras's `Normalization`; mean and variance are the layer's own for all rows,
 * or one each for every place along the axes that it keeps.
 */
class NormalizationOperation implements Operation {
  readonly outputIsFree = true;
  readonly #context: BuildContext;
  readonly #columns: number;
  readonly #mean: number;
  readonly #variance: number;
  readonly #one: number;
  readonly #zero: number;
  readonly #output: number;
  readonly #given: { readonly mean: Float32Array; readonly variance: Float32Array } | null;

  constructor(
    given: { readonly mean: Float32Array; readonly variance: Float32Array } | null,
    columns: number,
    context: BuildContext,
  ) {
    const { kernels, memory, rows, outputLength } = context;
    const filled = (value: number): number => {
      const pointer = kernels.allocate(columns * 4);
      kernels.f32(pointer, columns).fill(value);
      return pointer;
    };
    this.#context = context;
    this.#columns = columns;
    this.#given = given;
    this.#one = filled(1);
    this.#zero = filled(0);
    this.#mean = filled(0);
    this.#variance = filled(1);
    this.#output = memory.output(rows * outputLength * 4);
  }

  forward(x: number, rows: number): number {
    const { kernels, outputLength } = this.#context;
    const columns = this.#columns;
    this.#take();
    kernels.batchNormalize(
      x,
      this.#one,
      this.#zero,
      this.#mean,
      this.#variance,
      this.#output,
      (rows * outputLength) / columns,
      columns,
      0,
    );
    return this.#output;
  }

  backward(): number {
    throw new Error('a network with a Normalization layer is evaluated only');
  }

  /** The layer's numbers, the variance no smaller than what is divided by may be. */
  #take(): void {
    const { kernels, parameters } = this.#context;
    const columns = this.#columns;
    const [mean, variance] = parameters;
    const of = (pointer: number | undefined): Float32Array =>
      pointer === undefined ? new Float32Array(columns) : kernels.f32(pointer, columns);
    const source = this.#given ?? { mean: of(mean?.pointer), variance: of(variance?.pointer) };
    kernels.f32(this.#mean, columns).set(source.mean);
    const least = Math.fround(EPSILON * EPSILON);
    kernels
      .f32(this.#variance, columns)
      .set(source.variance.map((value) => (value > least ? value : least)));
  }
}

/**
 * Keras `Normalization` with mean and variance that were adapted or given. It keeps the last axis (Keras's default), all
 * axes or none. It is evaluated only: a recipe says how its inputs are scaled.
 */
export const normalizationLayer: LayerDefinition = {
  className: 'Normalization',
  plan(config, inputShape) {
    const options = parseOptions(OptionsSchema, config);
    const kept = keptShape(options.axis === undefined ? -1 : options.axis, inputShape);
    const mean = given(options.mean, kept);
    const variance = given(options.variance, kept);
    if ((mean === null) !== (variance === null)) {
      throw new LayerProblem('it has a mean or a variance and not both');
    }
    return {
      config: {
        axis: kept.length === 0 ? [] : kept.length === 1 ? [inputShape.length] : 'all',
        ...(mean === null || variance === null ? {} : { mean, variance }),
      },
      outputShape: inputShape,
      weights:
        mean === null ? [weight('mean', kept), weight('variance', kept), weight('count', [])] : [],
      multiplyAdds: 0,
      untrainable: ['the class Normalization'],
    };
  },
  build(shape, context) {
    const { axis, mean, variance } = PlannedSchema.parse(shape.config);
    const length = sizeOf(shape.outputShape);
    const columns =
      axis === 'all' ? length : axis.length === 0 ? 1 : (shape.outputShape.at(-1) ?? 1);
    const given =
      mean === undefined || variance === undefined
        ? null
        : { mean: Float32Array.from(mean), variance: Float32Array.from(variance) };
    return [new NormalizationOperation(given, columns, context)];
  },
};

const PlannedSchema = z.object({
  axis: z.union([z.literal('all'), z.array(z.int())]),
  mean: z.array(z.number()).optional(),
  variance: z.array(z.number()).optional(),
});

/** The extents of the axes that have means of their own: the last one's, all, or none. */
function keptShape(
  axis: number | readonly number[] | null,
  inputShape: readonly number[],
): readonly number[] {
  const rank = inputShape.length;
  const axes = [axis ?? []].flat().map((at) => (at < 0 ? at + rank + 1 : at));
  const sorted = axes.toSorted((a, b) => a - b);
  if (sorted.length === 0) return [];
  if (sorted.length === 1 && sorted[0] === rank) return inputShape.slice(-1);
  if (sorted.length === rank && sorted.every((at, index) => at === index + 1)) return inputShape;
  throw new LayerProblem(
    `it keeps the axes [${axes.join(', ')}]; the last one, all of them or none are supported`,
  );
}

/** Given means or variances, one for each place that is kept; a single one stands for all. */
function given(values: unknown, kept: readonly number[]): number[] | null {
  if (values === undefined || values === null) return null;
  const flat = [values].flat(8).map((value) => {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new LayerProblem('its mean and variance are not numbers');
  });
  const size = sizeOf(kept);
  const [only] = flat;
  if (flat.length === 1 && only !== undefined) return Array.from({ length: size }, () => only);
  if (flat.length === size) return flat;
  throw new LayerProblem(`it has ${flat.length} means where ${size} are needed`);
}

/** Never trained, so nothing but name and shape matters. */
function weight(name: string, shape: readonly number[]): WeightSpec {
  const initializer = { name: 'zeros', config: {} };
  return { name, shape, initializer, fans: [1, 1], trainable: false, regularizer: null };
}

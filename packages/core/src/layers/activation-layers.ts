import { z } from 'zod';
import { ActivationOperation } from './activation.ts';
import { type Activation, activations, clippedRelu, elu, leakyRelu } from './activations.ts';
import { commonOptions, type LayerDefinition, LayerProblem, parseOptions } from './layer.ts';

/** A layer that is one activation: how its options are read, and what they come to. */
function activationLayerOf<Options extends Readonly<Record<string, unknown>>>(
  className: string,
  parse: (config: Readonly<Record<string, unknown>>, inputShape: readonly number[]) => Options,
  choose: (options: Options) => { readonly name: string; readonly activation: Activation } | null,
): LayerDefinition {
  return {
    className,
    plan: (config, inputShape) => ({
      config: parse(config, inputShape),
      outputShape: inputShape,
      weights: [],
      multiplyAdds: 0,
      untrainable: [],
    }),
    build(shape, context) {
      const named = choose(parse(shape.config, shape.outputShape));
      return named === null
        ? []
        : [new ActivationOperation(named, shape.outputShape, context, context.inputIsFree)];
    },
  };
}

const slope = z.number().min(0);

const ReluOptions = z.strictObject({
  ...commonOptions,
  max_value: z.number().positive().nullish(),
  negative_slope: slope.nullish(),
  threshold: z.literal(0).nullish(),
});

const LeakyReluOptions = z.strictObject({
  ...commonOptions,
  alpha: slope.optional(),
  negative_slope: slope.optional(),
});

const EluOptions = z.strictObject({ ...commonOptions, alpha: z.number().positive().optional() });

const SoftmaxOptions = z.strictObject({ ...commonOptions, axis: z.int().optional() });

/** Keras `ReLU`: clipped at `max_value`, or with a slope below 0; not both, and no threshold. */
export const reluLayer = activationLayerOf(
  'ReLU',
  (config) => {
    const options = parseOptions(ReluOptions, config);
    const maximum = options.max_value ?? null;
    const negativeSlope = options.negative_slope ?? 0;
    if (maximum !== null && negativeSlope > 0) {
      throw new LayerProblem('max_value and negative_slope together are not supported');
    }
    return { max_value: maximum, negative_slope: negativeSlope };
  },
  ({ max_value: maximum, negative_slope: negativeSlope }) => {
    if (maximum !== null) return { name: 'clipped_relu', activation: clippedRelu(maximum) };
    if (negativeSlope > 0) return { name: 'leaky_relu', activation: leakyRelu(negativeSlope) };
    return { name: 'relu', activation: activations.relu };
  },
);

/** Keras `LeakyReLU`; Keras 2 calls its slope `alpha`, Keras 3 `negative_slope`. */
export const leakyReluLayer = activationLayerOf(
  'LeakyReLU',
  (config) => {
    const options = parseOptions(LeakyReluOptions, config);
    return { alpha: options.alpha ?? options.negative_slope ?? 0.3 };
  },
  ({ alpha }) => ({ name: 'leaky_relu', activation: leakyRelu(alpha) }),
);

export const eluLayer = activationLayerOf(
  'ELU',
  (config) => ({ alpha: parseOptions(EluOptions, config).alpha ?? 1 }),
  ({ alpha }) => ({ name: 'elu', activation: elu(alpha) }),
);

/** Keras `Softmax` over the last axis. */
export const softmaxLayer = activationLayerOf(
  'Softmax',
  (config, inputShape) => {
    const axis = parseOptions(SoftmaxOptions, config).axis ?? -1;
    // Keras counts the axis of the examples as 0.
    if (axis !== -1 && axis !== inputShape.length) {
      throw new LayerProblem(`it runs over axis ${axis}, and only the last one is supported`);
    }
    return { axis: -1 };
  },
  () => ({ name: 'softmax', activation: activations.softmax }),
);

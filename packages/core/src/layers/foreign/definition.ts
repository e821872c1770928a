import { z } from 'zod';
import { LayerProblem, type LayerShape, type WeightSpec } from '../layer.ts';

/**
 * A layer class that Labproof's own arithmetic does not have: its shapes and weights are planned here, as those of any
 * layer, and TensorFlow.js evaluates the network that has it. It cannot be trained.
 */
export interface ForeignDefinition {
  readonly className: string;
  readonly foreign: true;
  /** Checks the configuration and infers shapes; reports problems by throwing `LayerProblem`. */
  plan(config: Readonly<Record<string, unknown>>, inputShape: readonly number[]): LayerShape;
}

/** The parts of a shape that differ between foreign layers. */
interface ForeignShape {
  readonly config: Readonly<Record<string, unknown>>;
  readonly outputShape: readonly number[];
  readonly weights?: readonly (readonly [name: string, shape: readonly number[]])[];
  readonly multiplyAdds?: number;
}

/** A definition from what is particular to it. */
export function foreignLayer(
  className: string,
  plan: (config: Readonly<Record<string, unknown>>, inputShape: readonly number[]) => ForeignShape,
): ForeignDefinition {
  return {
    className,
    foreign: true,
    plan(given, inputShape) {
      const { config, outputShape, weights = [], multiplyAdds = 0 } = plan(given, inputShape);
      if (outputShape.some((extent) => extent < 1)) {
        throw new LayerProblem(
          `its input of the shape [${inputShape.join(', ')}] leaves nothing to put out`,
        );
      }
      return {
        config,
        outputShape,
        weights: weights.map(([name, shape]) => storedWeight(name, shape)),
        multiplyAdds,
        untrainable: [`the class ${className}`],
      };
    },
  };
}

/** Foreign layers are never trained, so nothing but name and shape of a weight matters. */
function storedWeight(name: string, shape: readonly number[]): WeightSpec {
  const initializer = { name: 'zeros', config: {} };
  return { name, shape, initializer, fans: [1, 1], trainable: false, regularizer: null };
}

/** Options that only matter while training, or where a layer stands; every foreign layer may carry them. */
export const ignoredOptions = {
  name: z.string().optional(),
  trainable: z.boolean().optional(),
  dtype: z.literal('float32').nullish(),
  batch_input_shape: z.unknown().optional(),
  activity_regularizer: z.unknown().optional(),
  data_format: z.literal('channels_last').nullish(),
};

/** A sequence's shape; anything else is a `LayerProblem`. */
export function sequenceShape(shape: readonly number[]): readonly [steps: number, values: number] {
  const [steps, values] = shape;
  if (shape.length !== 2 || steps === undefined || values === undefined) {
    throw new LayerProblem(
      `it takes sequences of [steps, values], but its input has the shape [${shape.join(', ')}]`,
    );
  }
  return [steps, values];
}

import { z } from 'zod';
import {
  commonOptions,
  type LayerDefinition,
  LayerProblem,
  parseOptions,
  sizeOf,
} from './layer.ts';

const OptionsSchema = z.strictObject({
  ...commonOptions,
  target_shape: z.array(z.union([z.int().positive(), z.literal(-1)])).min(1),
});

/** Row-major arrays only change their names: reshaping computes nothing. One extent may be −1, as in Keras. */
export const reshapeLayer: LayerDefinition = {
  className: 'Reshape',
  plan(config, inputShape) {
    const { target_shape: target } = parseOptions(OptionsSchema, config);
    const size = sizeOf(inputShape);
    const known = sizeOf(target.filter((extent) => extent !== -1));
    const unknown = target.filter((extent) => extent === -1).length;
    const fits = unknown === 0 ? known === size : unknown === 1 && size % known === 0;
    if (!fits) {
      throw new LayerProblem(
        `[${inputShape.join(', ')}] with ${size} values cannot become [${target.join(', ')}]`,
      );
    }
    const outputShape = target.map((extent) => (extent === -1 ? size / known : extent));
    return {
      config: { target_shape: outputShape },
      outputShape,
      weights: [],
      multiplyAdds: 0,
      untrainable: [],
    };
  },
  build: () => [],
};

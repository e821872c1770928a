import { z } from 'zod';
import { commonOptions, type LayerDefinition, parseOptions, sizeOf } from './layer.ts';

const OptionsSchema = z.strictObject({
  ...commonOptions,
  data_format: z.literal('channels_last').nullish(),
});

/** Row-major arrays are flat already, so flattening computes nothing. */
export const flattenLayer: LayerDefinition = {
  className: 'Flatten',
  plan(config, inputShape) {
    parseOptions(OptionsSchema, config);
    return {
      config: {},
      outputShape: [sizeOf(inputShape)],
      weights: [],
      multiplyAdds: 0,
      untrainable: [],
    };
  },
  build: () => [],
};

import { z } from 'zod';
import { LayerProblem, parseOptions } from '../layer.ts';
import { type ForeignDefinition, foreignLayer, ignoredOptions } from './definition.ts';

const PReLUSchema = z.strictObject({
  ...ignoredOptions,
  shared_axes: z.array(z.int().positive()).nullish(),
});
const prelu = foreignLayer('PReLU', (given, inputShape) => {
  const shared = parseOptions(PReLUSchema, given).shared_axes ?? [];
  const shape = inputShape.map((extent, at) => (shared.includes(at + 1) ? 1 : extent));
  return {
    config: shared.length === 0 ? {} : { shared_axes: shared },
    outputShape: inputShape,
    weights: [['alpha', shape]],
  };
});

const LayerNormalizationSchema = z.strictObject({
  ...ignoredOptions,
  axis: z.int().default(-1),
  epsilon: z.number().positive().default(1e-3),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
  rms_scaling: z.literal(false).optional(),
});
const layerNormalization = foreignLayer('LayerNormalization', (given, inputShape) => {
  const { axis, epsilon, center, scale } = parseOptions(LayerNormalizationSchema, given);
  const last = inputShape.at(-1);
  if (last === undefined || (axis !== -1 && axis !== inputShape.length)) {
    throw new LayerProblem(`it normalises over axis ${axis}, and only the last one is supported`);
  }
  return {
    config: { axis: -1, epsilon, center, scale },
    outputShape: inputShape,
    weights: [
      ...(scale ? ([['gamma', [last]]] as const) : []),
      ...(center ? ([['beta', [last]]] as const) : []),
    ],
  };
});

/** Layers that scale what they are given. */
export const scalingLayers: readonly ForeignDefinition[] = [prelu, layerNormalization];

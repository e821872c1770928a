import { conv1d, conv2dTranspose, depthwiseConv2d, separableConv2d } from './convolutions.ts';
import type { ForeignDefinition } from './definition.ts';
import { recurrentLayers } from './recurrent.ts';
import { scalingLayers } from './scaling.ts';
import { shapeLayers } from './shapes.ts';

/** The layer classes that TensorFlow.js evaluates because Labproof's own arithmetic does not have them. */
export const foreignRegistry: ReadonlyMap<string, ForeignDefinition> = new Map(
  [
    conv1d,
    conv2dTranspose,
    depthwiseConv2d,
    separableConv2d,
    ...recurrentLayers,
    ...scalingLayers,
    ...shapeLayers,
  ].map((definition) => [definition.className, definition]),
);

import { activationLayer } from './activation.ts';
import { eluLayer, leakyReluLayer, reluLayer, softmaxLayer } from './activation-layers.ts';
import { batchNormalizationLayer } from './batch-normalization.ts';
import { concatenateMerge } from './concatenate.ts';
import { conv2dLayer } from './conv2d.ts';
import { denseLayer } from './dense.ts';
import { dropoutLayer } from './dropout.ts';
import { elementwiseMerges } from './elementwise-merges.ts';
import { flattenLayer } from './flatten.ts';
import { inferenceIdentityLayers } from './inference-identity.ts';
import type { LayerDefinition } from './layer.ts';
import type { MergeDefinition } from './merge.ts';
import { normalizationLayer } from './normalization.ts';
import { poolingLayers } from './pooling.ts';
import { rescalingLayer } from './rescaling.ts';
import { reshapeLayer } from './reshape.ts';
import { zeroPaddingLayer } from './zero-padding.ts';

const definitions: readonly LayerDefinition[] = [
  activationLayer,
  batchNormalizationLayer,
  conv2dLayer,
  denseLayer,
  dropoutLayer,
  eluLayer,
  flattenLayer,
  ...inferenceIdentityLayers,
  leakyReluLayer,
  normalizationLayer,
  ...poolingLayers,
  reluLayer,
  rescalingLayer,
  reshapeLayer,
  softmaxLayer,
  zeroPaddingLayer,
];

/** The layer classes that can be evaluated, and but for `inferenceIdentityLayers` trained, by their Keras names. */
export const layerRegistry: ReadonlyMap<string, LayerDefinition> = new Map(
  definitions.map((definition) => [definition.className, definition]),
);

/** The classes that join branches, by their Keras names. They are evaluated only. */
export const mergeRegistry: ReadonlyMap<string, MergeDefinition> = new Map(
  [concatenateMerge, ...elementwiseMerges].map((definition) => [definition.className, definition]),
);

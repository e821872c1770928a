import { activationLayer } from './activation.ts';
import { denseLayer } from './dense.ts';
import { dropoutLayer } from './dropout.ts';
import { flattenLayer } from './flatten.ts';
import type { LayerDefinition } from './layer.ts';

const definitions: readonly LayerDefinition[] = [
  activationLayer,
  denseLayer,
  dropoutLayer,
  flattenLayer,
];

/** The layer classes that can be planned, trained and evaluated, by their Keras names. */
export const layerRegistry: ReadonlyMap<string, LayerDefinition> = new Map(
  definitions.map((definition) => [definition.className, definition]),
);

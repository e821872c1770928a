import { isChain, type ModelPlan } from '@labproof/core';
import { z } from 'zod';

/** One layer of a submitted network, as grades and inspections report it. */
export const LayerReadingSchema = z.strictObject({
  class: z.string(),
  name: z.string(),
  config: z.record(z.string(), z.unknown()),
  outputShape: z.array(z.int()),
  parameters: z.int(),
  /** Names of the layers whose outputs it takes, "input" for the network's own; absent where layers form a chain. */
  inputs: z.array(z.string()).optional(),
});
export type LayerReading = z.infer<typeof LayerReadingSchema>;

/**
 * The layers of a network. A layer that is used again stands there for each use, with its weights counted at the
 * first: "dense", "dense (use 2)".
 */
export function layerReadings({ layers }: ModelPlan): LayerReading[] {
  const uses = new Map<number, number>();
  const names = layers.map(({ name, sharedWith }) => {
    if (sharedWith === null) return name;
    const use = (uses.get(sharedWith) ?? 1) + 1;
    uses.set(sharedWith, use);
    return `${name} (use ${use})`;
  });
  const chain = isChain(layers);
  return layers.map((layer, index) => ({
    class: layer.className,
    name: names[index] ?? layer.name,
    config: { ...layer.config },
    outputShape: [...layer.outputShape],
    parameters: layer.parameters,
    ...(chain
      ? {}
      : { inputs: layer.inbound.map((place) => (place === -1 ? 'input' : (names[place] ?? ''))) }),
  }));
}

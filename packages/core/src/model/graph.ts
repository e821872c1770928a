import type { LayerConfig } from '../recipe/recipe.ts';

/** A layer in a graph: what Keras says about it, and where its inputs come from. */
export interface GraphLayer extends LayerConfig {
  /** Places in the graph's list of the layers whose outputs it takes; −1 is the network's input. */
  readonly inbound: readonly number[];
  /** Place of an earlier use of the same layer, whose weights it uses too; `null` where this is the first. */
  readonly sharedWith: number | null;
}

/** A network with one input and one output: every layer after those whose outputs it takes, the output last. */
export interface GraphConfig {
  readonly name: string;
  /** `[null, ...shape]`; checked by the planner. */
  readonly batchInputShape: unknown;
  readonly layers: readonly GraphLayer[];
}

/** Whether a list of layers is a plain chain: each takes the output of the one before it, and none is used twice. */
export function isChain(layers: readonly Pick<GraphLayer, 'inbound' | 'sharedWith'>[]): boolean {
  return layers.every(
    ({ inbound, sharedWith }, index) =>
      inbound.length === 1 && inbound[0] === index - 1 && sharedWith === null,
  );
}

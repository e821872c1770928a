import type { GraphLayer } from '@labproof/core';
import type { ModelLimits } from '../model-limits.ts';
import { activationLayer, plainOptions } from './layer-options.ts';
import { type LayerNode, type ModelNode, layerCount } from './model-tree.ts';

/** A layer of the network that a model comes to, and where its weights are kept. */
export interface KerasLayer {
  readonly name: string;
  /** Names of the models it is nested in, outermost first; empty for most. */
  readonly within: readonly string[];
  /** Its group in a `model.weights.h5`, e.g. `layers/dense_1`. */
  readonly store: string;
}

/** A use of a layer. */
export type UnfoldedLayer = KerasLayer & GraphLayer;

/** Uses of inputs and of models count towards no limit of layers, but a file could have endlessly many of them. */
const USES_PER_LAYER = 4;

/**
 * The uses of layers that a model comes to, each after those whose outputs it takes and the output last, those of
 * nested models in their place. Models that are used again and again are unfolded no further than the limit of layers.
 * Throws the student's `model-layer-count`, or what the options of a layer give reason for.
 */
export function unfold(
  root: ModelNode,
  source: {
    readonly path: string;
    readonly kerasVersion: string | null;
    readonly limits: ModelLimits;
  },
): UnfoldedLayer[] {
  const unfolded: UnfoldedLayer[] = [];
  const first = new Map<LayerNode, number>();
  const { layers: most } = source.limits;
  let uses = 0;

  function use(node: LayerNode, inbound: readonly number[], within: readonly string[]): number {
    uses += 1;
    if (uses > USES_PER_LAYER * most) throw layerCount(uses, source);
    const { name, stored, store, model } = node;
    if (model !== null && inbound.length === 1) {
      return place(model, inbound[0] ?? -1, [...within, name]);
    }
    const config = { ...plainOptions(stored, source), name };
    const index = unfolded.length;
    if (index === most) throw layerCount(index + 1, source);
    const sharedWith = first.get(node) ?? null;
    if (sharedWith === null) first.set(node, index);
    unfolded.push({
      name,
      within,
      store,
      class_name: stored.class_name,
      config,
      inbound,
      sharedWith,
    });
    const activation = activationLayer(stored);
    if (activation === null) return index;
    if (index + 1 === most) throw layerCount(index + 2, source);
    const own = `${name}_activation`;
    unfolded.push({
      name: own,
      within,
      store: '',
      class_name: activation.class_name,
      config: { ...plainOptions(activation, source), name: own },
      inbound: [index],
      sharedWith: null,
    });
    return index + 1;
  }

  /** Unfolds a model on one input; returns the place of its output. */
  function place({ layers, graph }: ModelNode, input: number, within: readonly string[]): number {
    if (graph === null) {
      let value = input;
      const isEmpty = layers.length === 1 && layers[0]?.stored.class_name === 'InputLayer';
      if (isEmpty) throw layerCount(0, source);
      for (const [index, node] of layers.entries()) {
        const isInput = node.stored.class_name === 'InputLayer' && index === 0;
        if (!isInput) value = use(node, [value], within);
      }
      return value;
    }
    const nodes = new Map(layers.map((node) => [node.name, node]));
    const values = new Map<string, number>();
    let value = input;
    for (const { layer, call, inputs } of graph.calls) {
      const node = nodes.get(layer);
      if (node === undefined) throw new Error(`a graph with an unknown layer ${layer}`);
      const inbound = inputs.map((tensor) =>
        tensor.layer === graph.input ? input : (values.get(`${tensor.call} ${tensor.layer}`) ?? -1),
      );
      value = use(node, inbound, within);
      values.set(`${call} ${layer}`, value);
    }
    return value;
  }

  place(root, -1, []);
  return unfolded;
}

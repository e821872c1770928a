import { coreError } from '../errors/core-errors.ts';
import { LayerProblem, type LayerShape, sizeOf } from '../layers/layer.ts';
import type { ForeignDefinition } from '../layers/foreign/definition.ts';
import { layerRegistry, mergeRegistry } from '../layers/registry.ts';
import type { LayerConfig, SequentialConfig } from '../recipe/recipe.ts';
import type { GraphConfig, GraphLayer } from './graph.ts';

/** One layer of a planned network. Shapes exclude the batch dimension. */
export interface PlannedLayer extends LayerShape {
  readonly className: string;
  readonly name: string;
  /** Places in the plan's `layers` of those whose outputs it takes; −1 is the network's input. */
  readonly inbound: readonly number[];
  /** The shapes of what it takes, and the first of them: all there is, but for merges. */
  readonly inputShapes: readonly (readonly number[])[];
  readonly inputShape: readonly number[];
  /** Place of the layer whose weights it uses again; `null` for its own. A layer that shares has no `weights`. */
  readonly sharedWith: number | null;
  readonly parameters: number;
  /** Who computes it: a layer or a merge of Labproof's own, or TensorFlow.js, which evaluates `foreign` classes. */
  readonly kind: 'layer' | 'merge' | 'foreign';
}

/** A network whose every shape is known before anything is allocated; plain data, which threads may hand on. */
export interface ModelPlan {
  readonly inputShape: readonly number[];
  /** Each after all that it takes; the last one's output is the network's. */
  readonly layers: readonly PlannedLayer[];
  readonly outputShape: readonly number[];
  readonly parameters: number;
  /** Multiply-adds for one example's forward pass. */
  readonly multiplyAdds: number;
}

/**
 * Infers the shapes and weights of a Keras Sequential model.
 * Input layers are absorbed: they give the input shape and nothing else.
 * Throws a `LabproofError` that names the layer and the option for anything that is not supported.
 */
export function planModel(model: SequentialConfig): ModelPlan {
  const layers: LayerConfig[] = [];
  for (const [index, layer] of model.layers.entries()) {
    if (layer.class_name !== 'InputLayer') {
      const name = layer.config['name'] ?? `layer ${index + 1}`;
      layers.push({ ...layer, config: { ...layer.config, name } });
    } else if (index > 0) {
      throw coreError('model-input-layer', {
        message: 'An InputLayer stands after other layers.',
        fix: 'Move it to the front.',
      });
    }
  }
  return planGraph({
    name: model.name,
    batchInputShape: model.layers[0]?.config['batch_input_shape'],
    layers: layers.map((layer, index) => ({ ...layer, inbound: [index - 1], sharedWith: null })),
  });
}

/**
 * Infers the shapes and weights of a network of layers that take each other's outputs.
 * `foreign` are further classes, which a network may have that TensorFlow.js evaluates.
 * Throws as `planModel` does, and for a shared layer whose inputs need different weights.
 */
export function planGraph(
  graph: GraphConfig,
  foreign: ReadonlyMap<string, ForeignDefinition> = new Map(),
): ModelPlan {
  const inputShape = readInputShape(graph.batchInputShape);
  const layers: PlannedLayer[] = [];
  for (const [index, layer] of graph.layers.entries()) {
    const given = layer.config['name'];
    const name = typeof given === 'string' ? given : `layer ${index + 1}`;
    const inputShapes = layer.inbound.map((place) => {
      const shape = place === -1 ? inputShape : layers[place]?.outputShape;
      if (shape !== undefined) return shape;
      throw coreError('model-graph-order', {
        message: `The layer "${name}" takes the output of a layer that does not come before it.`,
        fix: 'List the layers so that each follows those whose outputs it takes.',
      });
    });
    const original = layer.sharedWith === null ? null : (layers[layer.sharedWith] ?? null);
    layers.push(planLayer(layer, name, { inputShapes, original, foreign }));
  }
  const last = layers.at(-1);
  if (last === undefined) {
    throw coreError('model-empty', {
      message: 'The model has no layer that computes anything.',
      fix: 'Add a layer.',
    });
  }
  return {
    inputShape,
    layers,
    outputShape: last.outputShape,
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
  };
}

/** What a layer is planned with. */
interface Surroundings {
  readonly inputShapes: readonly (readonly number[])[];
  /** The first use of a layer that is used again. */
  readonly original: PlannedLayer | null;
  readonly foreign: ReadonlyMap<string, ForeignDefinition>;
}

function planLayer(layer: GraphLayer, name: string, around: Surroundings): PlannedLayer {
  const { inputShapes, original } = around;
  const { kind, shape } = shapeOf(layer, name, around);
  const common = {
    className: layer.class_name,
    name,
    inbound: layer.inbound,
    inputShapes,
    inputShape: inputShapes[0] ?? [],
    sharedWith: layer.sharedWith,
    kind,
  };
  if (original === null) {
    const parameters = shape.weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
    return { ...shape, ...common, parameters };
  }
  const needed = shape.weights.map((weight) => weight.shape.join('×')).join(', ');
  const present = original.weights.map((weight) => weight.shape.join('×')).join(', ');
  if (needed !== present) {
    throw coreError('model-shared-layer', {
      message: `The layer "${name}" is used twice, and the second input needs weights of the shapes ${needed} where the first needs ${present}.`,
      fix: 'Use a layer again only on inputs of the same shape.',
    });
  }
  return { ...shape, ...common, weights: [], parameters: 0 };
}

function shapeOf(
  { class_name: className, config }: LayerConfig,
  name: string,
  { inputShapes, foreign }: Surroundings,
): Pick<PlannedLayer, 'kind'> & { readonly shape: LayerShape } {
  const merge = mergeRegistry.get(className);
  const own = layerRegistry.get(className);
  const definition = own ?? foreign.get(className);
  try {
    if (merge !== undefined) return { kind: 'merge', shape: merge.plan(config, inputShapes) };
    if (definition === undefined) {
      throw coreError('model-unsupported-layer', {
        message: `The layer "${name}" is of the class ${className}, which is not supported.`,
        fix: `Use one of: ${[...layerRegistry.keys(), ...mergeRegistry.keys()].join(', ')}.`,
      });
    }
    const [inputShape, ...others] = inputShapes;
    if (inputShape === undefined || others.length > 0) {
      throw new LayerProblem(`it takes one input and has ${inputShapes.length}`);
    }
    const planned = definition.plan(config, inputShape);
    const frozen = config['trainable'] === false && planned.weights.length > 0;
    const shape = frozen
      ? { ...planned, untrainable: [...planned.untrainable, 'trainable=false'] }
      : planned;
    return { kind: own === undefined ? 'foreign' : 'layer', shape };
  } catch (error) {
    if (!(error instanceof LayerProblem)) throw error;
    throw coreError('model-unsupported-option', {
      message: `The layer "${name}" (${className}) cannot be used: ${error.message}.`,
      fix: 'Change the option, or leave it at the default of Keras.',
    });
  }
}

function readInputShape(declared: unknown): readonly number[] {
  const valid =
    Array.isArray(declared) &&
    declared.length >= 2 &&
    declared.slice(1).every((extent) => Number.isSafeInteger(extent) && Number(extent) > 0);
  if (!valid) {
    throw coreError('model-no-input-shape', {
      message: 'The first layer does not say the shape of its input, so the model was never built.',
      fix: 'Give the first layer an input_shape, or call the model once before saving it.',
    });
  }
  return declared.slice(1).map(Number);
}

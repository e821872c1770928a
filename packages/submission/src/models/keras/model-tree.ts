import type { ModelLimits } from '../model-limits.ts';
import { type KerasGraph, readGraph } from './graph.ts';
import { SEQUENTIAL, isModelClass } from './layer-classes.ts';
import { assertKerasOwn } from './layer-options.ts';
import {
  type StoredLayer,
  StoredLayerSchema,
  type StoredModel,
  StoredModelSchema,
} from './layer-schema.ts';
import { withoutNumberOperations } from './number-operations.ts';
import { storeNames } from './store-names.ts';
import { submissionError } from '../../errors.ts';

/** The file that a model is from, and how much of it is read. */
export interface TreeSource {
  readonly path: string;
  readonly limits: ModelLimits;
}

/** A layer as it is stored, whatever it is used for and how often. */
export interface LayerNode {
  readonly name: string;
  readonly stored: StoredLayer;
  /** Its group in a `model.weights.h5`, e.g. `layers/dense_1`. */
  readonly store: string;
  /** What is in it, where it is a model. */
  readonly model: ModelNode | null;
}

/** A model of layers, and of models as layers. */
export interface ModelNode {
  readonly layers: readonly LayerNode[];
  /** How its layers take each other's outputs; `null` for a Sequential. */
  readonly graph: KerasGraph | null;
}

/**
 * Reads a stored model and the models in it, each once, however often it is used.
 * Throws a student's error for what is no model of layers.
 */
export function readModelTree(
  model: StoredModel,
  source: TreeSource,
  folder = 'layers',
): ModelNode {
  assertModelClass(model, source.path);
  const own = layersOf(model, source);
  const stores = storeNames(own.map(({ class_name: className }) => className));
  const all = own.map(withoutNumberOperations);
  const graph = model.class_name === SEQUENTIAL ? null : readGraph(model.config, all, source);
  const layers = all.map((stored, index) => {
    const store = `${folder}/${stores[index] ?? ''}`;
    // In a graph, layers are referred to by the outer name; elsewhere only the inner one is always there.
    const name =
      (graph === null ? stored.config.name : stored.name) ??
      stored.name ??
      stored.config.name ??
      `layer ${index + 1}`;
    const nested = isModelClass(stored.class_name)
      ? readModelTree(StoredModelSchema.parse(stored), source, `${store}/layers`)
      : null;
    return { name, stored, store, model: nested };
  });
  return { layers, graph };
}

function assertModelClass(model: StoredModel, path: string): void {
  if (isModelClass(model.class_name)) return;
  assertKerasOwn(model, path);
  throw submissionError('model-not-sequential', {
    message: `${path} holds a model of the class ${model.class_name}, which is described by a program and not by layers.`,
    fix: 'Build the network as a Sequential model, train it and save it again.',
  });
}

function layersOf(model: StoredModel, source: TreeSource): StoredLayer[] {
  const { path, limits } = source;
  const layers = Array.isArray(model.config) ? model.config : (model.config.layers ?? []);
  if (layers.length === 0 || layers.length > limits.layers) throw layerCount(layers.length, source);
  return layers.map((layer) => {
    const parsed = StoredLayerSchema.safeParse(layer);
    if (parsed.success) return parsed.data;
    throw submissionError('model-topology', {
      message: `${path} has a layer that is not described in the way of Keras.`,
      fix: 'Save the whole model again with model.save().',
    });
  });
}

/** The student's `model-layer-count`, for what is empty or past the limit; counted are layers or their uses. */
export function layerCount(count: number, { path, limits }: TreeSource): Error {
  return submissionError('model-layer-count', {
    message: `${path} has ${count} layers; between 1 and ${limits.layers} are read.`,
    fix: 'Hand in the network that the exercise describes.',
  });
}

import { z } from 'zod';
import type { LayerConfig, SequentialConfig } from '@labproof/core';
import { studentError } from '../../refusal.ts';
import { MODEL_LIMITS } from '../model-limits.ts';
import { chainOf, readGraph } from './graph.ts';
import { FUNCTIONAL, SEQUENTIAL } from './layer-classes.ts';
import { assertKerasOwn, keras1, plainOptions } from './layer-options.ts';
import {
  type StoredLayer,
  StoredLayerSchema,
  type StoredModel,
  StoredModelSchema,
} from './layer-schema.ts';
import { storeNames } from './store-names.ts';

/** A layer of the chain that a model comes to, and where its weights are kept. */
export interface KerasLayer {
  readonly name: string;
  /** Names of the models it is nested in, outermost first; empty for most. */
  readonly within: readonly string[];
  /** Its group in a `model.weights.h5`, e.g. `layers/dense_1`. */
  readonly store: string;
}

/** What a model's configuration says, in the one form in which networks are planned. */
export interface ReadModelConfig {
  readonly model: SequentialConfig;
  /** One for each layer of `model`. */
  readonly layers: readonly KerasLayer[];
}

interface Source {
  readonly path: string;
  readonly kerasVersion: string | null;
}

type Flat = KerasLayer & { readonly config: LayerConfig };

/**
 * Reads the configuration of a Keras model, whichever version wrote it: Sequential, functional where it is a chain,
 * models nested in models. The result is a fresh Sequential of whitelisted parts.
 * Throws a student's error that names what cannot or must not be read.
 */
export function readModelConfig(config: unknown, source: Source): ReadModelConfig {
  const { path, kerasVersion } = source;
  if (/^[01]\./u.test(kerasVersion ?? '')) throw keras1(path);
  const parsed = StoredModelSchema.safeParse(config);
  if (!parsed.success) {
    throw studentError(
      'model-topology',
      `${path} does not describe its layers in the way of a Keras model.`,
      'Save the whole model again with model.save().',
    );
  }
  const stored = parsed.data;
  const flat = flatten(stored, [], 'layers', source);
  if (flat.length === 0 || flat.length > MODEL_LIMITS.layers) throw layerCount(flat.length, path);
  const shape = inputShapeOf(stored);
  const layers = flat.map(({ config, name }, index) => ({
    class_name: config.class_name,
    config: {
      ...config.config,
      name,
      ...(index === 0 && shape !== null ? { batch_input_shape: shape } : {}),
    },
  }));
  return {
    model: { name: nameOf(stored), layers },
    layers: flat.map(({ name, within, store }) => ({ name, within, store })),
  };
}

/** The layers of a model one after the other, those of nested models in their place. */
function flatten(
  model: StoredModel,
  within: readonly string[],
  folder: string,
  source: Source,
): Flat[] {
  const { path } = source;
  assertModelClass(model, path);
  const all = layersOf(model, path);
  const stores = storeNames(all.map(({ class_name: className }) => className));
  const store = new Map(all.map((layer, index) => [layer, `${folder}/${stores[index] ?? ''}`]));
  const chain =
    model.class_name === SEQUENTIAL
      ? all
      : chainOf(readGraph(model.config, all, path), path).map(({ layer }) => layer);
  return chain.flatMap((layer, index): Flat[] => {
    if (layer.class_name === 'InputLayer' && index === 0) return [];
    const name = layer.config.name ?? layer.name ?? `layer ${index + 1}`;
    const own = store.get(layer) ?? folder;
    if (layer.class_name === SEQUENTIAL || FUNCTIONAL.has(layer.class_name)) {
      const nested = StoredModelSchema.parse(layer);
      return flatten(nested, [...within, name], `${own}/layers`, source);
    }
    const config = { class_name: layer.class_name, config: plainOptions(layer, source) };
    return [{ name, within, store: own, config }];
  });
}

function assertModelClass(model: StoredModel, path: string): void {
  if (model.class_name === SEQUENTIAL || FUNCTIONAL.has(model.class_name)) return;
  assertKerasOwn(model, path);
  throw studentError(
    'model-not-sequential',
    `${path} holds a model of the class ${model.class_name}, which is described by a program and not by layers.`,
    'Build the network as a Sequential model, train it and save it again.',
  );
}

function layersOf(model: StoredModel, path: string): StoredLayer[] {
  const layers = Array.isArray(model.config) ? model.config : (model.config.layers ?? []);
  if (layers.length === 0 || layers.length > MODEL_LIMITS.layers)
    throw layerCount(layers.length, path);
  return layers.map((layer) => {
    const parsed = StoredLayerSchema.safeParse(layer);
    if (parsed.success) return parsed.data;
    throw studentError(
      'model-topology',
      `${path} has a layer that is not described in the way of Keras.`,
      'Save the whole model again with model.save().',
    );
  });
}

function layerCount(count: number, path: string): Error {
  return studentError(
    'model-layer-count',
    `${path} has ${count} layers; between 1 and ${MODEL_LIMITS.layers} are read.`,
    'Hand in the network that the exercise describes.',
  );
}

const ShapeSchema = z.array(z.number().nullable()).min(2).max(8);

/** `[null, ...shape]` of the model's input, from the first place that says it; `null` for a model that was never built. */
function inputShapeOf(model: StoredModel): (number | null)[] | null {
  const { config } = model;
  const layers = Array.isArray(config) ? config : (config.layers ?? []);
  const first = StoredLayerSchema.safeParse(layers[0]);
  const own = first.success ? first.data : null;
  const nested = StoredModelSchema.safeParse(layers[0]);
  const isModel = own !== null && (own.class_name === SEQUENTIAL || FUNCTIONAL.has(own.class_name));
  const candidates = [
    own?.config['batch_input_shape'],
    own?.config['batch_shape'],
    isModel && nested.success ? inputShapeOf(nested.data) : null,
    Array.isArray(config) ? null : config['build_input_shape'],
    inputShapeIn(model.build_config),
    inputShapeIn(own?.build_config),
  ];
  for (const candidate of candidates) {
    const shape = ShapeSchema.safeParse(candidate);
    if (shape.success) return [null, ...shape.data.slice(1)];
  }
  return null;
}

function inputShapeIn(buildConfig: unknown): unknown {
  return typeof buildConfig === 'object' && buildConfig !== null
    ? Reflect.get(buildConfig, 'input_shape')
    : null;
}

function nameOf({ config, class_name: className }: StoredModel): string {
  return (Array.isArray(config) ? undefined : config.name) ?? className.toLowerCase();
}

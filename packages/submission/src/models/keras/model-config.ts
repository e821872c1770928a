import { z } from 'zod';
import type { GraphConfig } from '@labproof/core';
import type { ModelLimits } from '../model-limits.ts';
import { keras1 } from './layer-options.ts';
import { type StoredModel, StoredModelSchema } from './layer-schema.ts';
import { type ModelNode, readModelTree } from './model-tree.ts';
import { type KerasLayer, unfold } from './unfold.ts';
import { submissionError } from '../../errors.ts';

export type { KerasLayer } from './unfold.ts';

/** The file that a configuration is from, which version of Keras wrote it, and how much of it is read. */
export interface ConfigSource {
  readonly path: string;
  readonly kerasVersion: string | null;
  readonly limits: ModelLimits;
}

/** What a model's configuration says, in the one form in which networks are planned. */
export interface ReadModelConfig {
  readonly model: GraphConfig;
  /** One for each layer of `model`. */
  readonly layers: readonly KerasLayer[];
}

/**
 * Reads the configuration of a Keras model, whichever version wrote it: Sequential, functional with one input and one
 * output, models nested in models, layers used again. The result is a fresh graph of whitelisted parts.
 * Throws a student's error that names what cannot or must not be read.
 */
export function readModelConfig(config: unknown, source: ConfigSource): ReadModelConfig {
  const { path, kerasVersion } = source;
  if (/^[01]\./u.test(kerasVersion ?? '')) throw keras1(path);
  const parsed = StoredModelSchema.safeParse(config);
  if (!parsed.success) {
    throw submissionError('model-topology', {
      message: `${path} does not describe its layers in the way of a Keras model.`,
      fix: 'Save the whole model again with model.save().',
    });
  }
  const stored = parsed.data;
  const tree = readModelTree(stored, source);
  const unfolded = unfold(tree, source);
  return {
    model: {
      name: nameOf(stored),
      batchInputShape: inputShapeOf(stored, tree),
      layers: unfolded.map(({ class_name, config, inbound, sharedWith }) => ({
        class_name,
        config,
        inbound,
        sharedWith,
      })),
    },
    layers: unfolded.map(({ name, within, store }) => ({ name, within, store })),
  };
}

const ShapeSchema = z.array(z.number().nullable()).min(2).max(8);

/** `[null, ...shape]` of the model's input, from the first place that says it; `null` for a model that was never built. */
function inputShapeOf(model: StoredModel, { layers, graph }: ModelNode): (number | null)[] | null {
  const { config } = model;
  const first = graph === null ? layers[0] : layers.find(({ name }) => name === graph.input);
  const own = first?.stored;
  const nested = StoredModelSchema.safeParse(own);
  const inner = first?.model ?? null;
  const candidates = [
    own?.config['batch_input_shape'],
    own?.config['batch_shape'],
    inner !== null && nested.success ? inputShapeOf(nested.data, inner) : null,
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

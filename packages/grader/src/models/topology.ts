import { z } from 'zod';
import type { LayerConfig, SequentialConfig } from '@labproof/core';
import { studentError } from '../refusal.ts';
import { MODEL_LIMITS } from './model-limits.ts';

const LayerSchema = z.looseObject({
  class_name: z.string().max(200),
  config: z.record(z.string(), z.unknown()),
  registered_name: z.string().nullish(),
});
const ModelConfigSchema = z.looseObject({
  class_name: z.string().max(200),
  config: z.union([
    z.array(LayerSchema),
    z.looseObject({ name: z.string().max(200).optional(), layers: z.array(LayerSchema) }),
  ]),
});
const TopologySchema = z.union([
  z.looseObject({ keras_version: z.string().nullish(), model_config: ModelConfigSchema }),
  ModelConfigSchema,
]);

/** Classes whose saved form holds a program. Loading such a program is what makes a model file dangerous. */
const HOLDS_CODE = new Set([
  'Lambda',
  'TFOpLambda',
  'SlicingOpLambda',
  'TFSMLayer',
  'TorchModuleWrapper',
  'JaxLayer',
  'FlaxLayer',
]);

/** Options that steer training or bookkeeping and change nothing that a finished network computes. */
const NOT_FOR_EVALUATION = new Set([
  'trainable',
  'kernel_initializer',
  'bias_initializer',
  'kernel_regularizer',
  'bias_regularizer',
  'activity_regularizer',
  'kernel_constraint',
  'bias_constraint',
  'seed',
  'noise_shape',
  'input_dtype',
  'input_shape',
  'batch_size',
]);

/**
 * The Sequential configuration inside a TF.js `modelTopology`, whether Keras wrote it (`model_config`) or
 * TF.js itself. A fresh object from whitelisted parts; a leading InputLayer is folded into the first layer.
 * Throws a student's error for anything that is not a plain Sequential network.
 */
export function readTopology(
  topology: unknown,
  path: string,
): { model: SequentialConfig; kerasVersion: string | null } {
  const parsed = TopologySchema.safeParse(topology);
  if (!parsed.success) {
    throw studentError(
      'model-topology',
      `${path} does not describe its layers in the way of a Keras model.`,
      'Save the model again with model.save() of TensorFlow.js or with tensorflowjs_converter.',
    );
  }
  const outer = parsed.data;
  const model =
    'model_config' in outer
      ? ModelConfigSchema.parse(outer['model_config'])
      : ModelConfigSchema.parse(outer);
  const version = outer['keras_version'];
  if (model.class_name !== 'Sequential') {
    throw studentError(
      'model-not-sequential',
      `${path} holds a model of the class ${model.class_name}; only Sequential models are read.`,
      'Build the network as a Sequential model, train it and save it again.',
    );
  }
  const config = Array.isArray(model.config) ? { layers: model.config } : model.config;
  if (config.layers.length === 0 || config.layers.length > MODEL_LIMITS.layers) {
    throw studentError(
      'model-layer-count',
      `${path} has ${config.layers.length} layers; between 1 and ${MODEL_LIMITS.layers} are read.`,
      'Hand in the network that the exercise describes.',
    );
  }
  const layers = config.layers.map((layer) => plainLayer(layer, path));
  const name = 'name' in config && typeof config.name === 'string' ? config.name : 'sequential';
  return {
    model: { name, layers: foldInputLayer(layers) },
    kerasVersion: typeof version === 'string' ? version.slice(0, 40) : null,
  };
}

function plainLayer(layer: z.infer<typeof LayerSchema>, path: string): LayerConfig {
  const { class_name: className, registered_name: registered } = layer;
  if (HOLDS_CODE.has(className) || (typeof registered === 'string' && registered.includes('>'))) {
    throw studentError(
      'model-holds-code',
      `${path} has a ${className} layer, which holds code of its own, and no code of a submission is ever run.`,
      'Replace it by layers that Keras brings along, train the model and save it again.',
    );
  }
  const dtype = layer.config['dtype'];
  if (dtype !== undefined && dtype !== null && dtype !== 'float32') {
    throw studentError(
      'model-dtype',
      `${path} has a ${className} layer that does not compute in float32.`,
      'Train and save the model in float32.',
    );
  }
  const entries = Object.entries(layer.config).filter(
    ([option]) => !NOT_FOR_EVALUATION.has(option),
  );
  return { class_name: className, config: Object.fromEntries(entries) };
}

/** Keras 3 writes `batch_shape`; everything else `batch_input_shape`. */
function inputShapeOf(layer: LayerConfig): unknown {
  return layer.config['batch_input_shape'] ?? layer.config['batch_shape'];
}

function foldInputLayer(layers: readonly LayerConfig[]): LayerConfig[] {
  const [first, second] = layers;
  if (first?.class_name !== 'InputLayer' || second === undefined) return [...layers];
  const config = { ...second.config, batch_input_shape: inputShapeOf(first) };
  return [{ class_name: second.class_name, config }, ...layers.slice(2)];
}

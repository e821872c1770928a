import type { PlannedLayer } from '@labproof/core';
import { type Hdf5Dataset, type Hdf5File, openHdf5 } from '../hdf5/hdf5-file.ts';
import type { ModelLimits } from '../model-limits.ts';
import type { ModelSource } from '../model-source.ts';
import { readEmbeddedJson } from './embedded-json.ts';
import { matchLayer } from './match-layer.ts';
import { type KerasLayer, readModelConfig } from './model-config.ts';
import { readTrainingConfig } from './training-config.ts';
import { submissionError } from '../../errors.ts';

/** The group in which Keras puts one group a layer. */
const WEIGHTS = '/model_weights';

/**
 * Opens a model that Keras (Python or R, 2.0 and later) saved as HDF5: the configuration lies in the attributes
 * `model_config` and `training_config` of the root, the arrays of each top-level layer in a group of its name.
 * Throws a student's error for everything that cannot or must not be read.
 */
export async function openLegacyH5(
  bytes: Uint8Array,
  path: string,
  limits: ModelLimits,
): Promise<ModelSource> {
  const file = await openHdf5(bytes, path);
  const json = (text: string, attribute: string): unknown =>
    readEmbeddedJson(text, `${path} (${attribute})`, limits);
  try {
    const config = file.text('/', 'model_config');
    if (config === null) throw withoutConfig(path);
    const kerasVersion =
      (file.text('/', 'keras_version') ?? file.text(WEIGHTS, 'keras_version'))?.slice(0, 40) ??
      null;
    const { model, layers } = readModelConfig(json(config, 'model_config'), {
      path,
      kerasVersion,
      limits,
    });
    const training = file.text('/', 'training_config');
    return {
      model,
      kerasVersion,
      trainingConfig:
        training === null ? null : readTrainingConfig(json(training, 'training_config')),
      notes: [],
      weightsFor: (plan) =>
        plan.layers.flatMap((planned, index) =>
          matchLayer(planned, arraysOf(file, planned, layers[index]), path),
        ),
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** A layer's arrays in Keras's order. Those of a nested model's layers all lie in the group of the outermost model. */
function arraysOf(
  file: Hdf5File,
  planned: PlannedLayer,
  layer: KerasLayer | undefined,
): Hdf5Dataset[] {
  if (planned.weights.length === 0 || layer === undefined) return [];
  const [outermost] = layer.within;
  const group = `${WEIGHTS}/${outermost ?? layer.name}`;
  if (!file.groups.has(group)) return [];
  return weightNames(file, group)
    .filter((name) => outermost === undefined || name.split('/').at(-2) === layer.name)
    .flatMap((name) => file.datasets.get(`${group}/${name}`) ?? []);
}

/** Names too many for one attribute are spread over `weight_names0`, `weight_names1` and so on. */
function weightNames(file: Hdf5File, group: string): string[] {
  const whole = file.texts(group, 'weight_names');
  if (whole !== null) return [...whole];
  const names: string[] = [];
  for (let part = 0; ; part += 1) {
    const some = file.texts(group, `weight_names${part}`);
    if (some === null) return names;
    names.push(...some);
  }
}

function withoutConfig(path: string): Error {
  return submissionError('model-weights-only', {
    message: `${path} says nothing about the layers of a network; it may hold weights alone, as save_weights() writes them.`,
    fix: 'Save the whole model with model.save() and hand in that file.',
  });
}

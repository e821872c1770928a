import { z } from 'zod';
import { type ReadModelConfig, readModelConfig } from './keras/model-config.ts';
import type { ModelLimits } from './model-limits.ts';
import { type TrainingConfig, readTrainingConfig } from './keras/training-config.ts';
import { submissionError } from '../errors.ts';

/** TensorFlow's converter puts Keras's configuration beside other facts; TF.js itself writes the model's fields bare. */
const ConvertedSchema = z.looseObject({
  keras_version: z.string().nullish(),
  model_config: z.looseObject({ class_name: z.string() }),
  training_config: z.unknown().optional(),
});
const BareSchema = z.looseObject({ keras_version: z.string().nullish(), class_name: z.string() });

/**
 * The network inside a TF.js `modelTopology`, whether Keras wrote it or TF.js itself.
 * Throws a student's error for anything that is no chain of layers.
 */
export function readTopology(
  topology: unknown,
  path: string,
  limits: ModelLimits,
): ReadModelConfig & {
  readonly kerasVersion: string | null;
  readonly trainingConfig: TrainingConfig | null;
} {
  const converted = ConvertedSchema.safeParse(topology);
  const bare = BareSchema.safeParse(topology);
  if (!converted.success && !bare.success) {
    throw submissionError('model-topology', {
      message: `${path} does not describe its layers in the way of a Keras model.`,
      fix: 'Save the model again with model.save() of TensorFlow.js or with tensorflowjs_converter.',
    });
  }
  const kerasVersion = (converted.data ?? bare.data)?.keras_version?.slice(0, 40) ?? null;
  const config = converted.success ? converted.data.model_config : bare.data;
  return {
    ...readModelConfig(config, { path, kerasVersion, limits }),
    kerasVersion,
    trainingConfig: converted.success ? readTrainingConfig(converted.data.training_config) : null,
  };
}

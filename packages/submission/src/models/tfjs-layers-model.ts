import { z } from 'zod';
import { readJson } from '../files/safe-json.ts';
import type { SubmissionFiles } from '../files/submission-files.ts';
import { matchWeights } from './match-weights.ts';
import type { ModelLimits } from './model-limits.ts';
import type { ModelSource } from './model-source.ts';
import { readTopology } from './topology.ts';
import { WeightsManifestSchema, openWeights } from './weights-manifest.ts';
import { submissionError } from '../errors.ts';

const DocumentSchema = z.looseObject({
  format: z.string().max(100).nullish(),
  modelTopology: z.unknown(),
  weightsManifest: WeightsManifestSchema,
});

/**
 * Reads a TF.js LayersModel (https://www.tensorflow.org/js/guide/save_load) that somebody else wrote.
 * Throws a student's error with a code of its own for everything that cannot or must not be read.
 */
export function readTfjsLayersModel(
  path: string,
  files: SubmissionFiles,
  limits: ModelLimits,
): ModelSource {
  const file = files.files.find((file) => file.path === path);
  if (file === undefined) {
    throw submissionError('model-missing', {
      message: `${path} is not in the submission.`,
      fix: 'Add the model.',
    });
  }
  const content = readJson(file, limits.topologyBytes);
  const document = DocumentSchema.safeParse(content);
  if (!document.success || document.data.modelTopology === undefined) {
    throw submissionError('model-format', {
      message: `${path} is not a TensorFlow.js LayersModel: modelTopology or weightsManifest is missing or malformed.`,
      fix: 'Save the model with model.save() of TensorFlow.js or with tensorflowjs_converter.',
    });
  }
  const { format, modelTopology, weightsManifest } = document.data;
  if (typeof format === 'string' && format !== 'layers-model') {
    throw submissionError('model-format', {
      message: `${path} has the format "${format}"; only "layers-model" keeps the layers that are to be examined.`,
      fix: 'Save the model with --output_format=tfjs_layers_model.',
    });
  }
  const { model, kerasVersion, trainingConfig } = readTopology(modelTopology, path, limits);
  const stored = openWeights(weightsManifest, path, files, limits);
  return {
    model,
    kerasVersion,
    trainingConfig,
    notes: stored.notes,
    weightsFor: (plan) => matchWeights(plan, stored.weights, path),
    close: () => undefined,
  };
}

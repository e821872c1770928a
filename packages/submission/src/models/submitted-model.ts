import {
  clauseOf,
  coreErrors,
  foreignRegistry,
  LabproofError,
  type ModelPlan,
  planGraph,
  weightsDigest,
} from '@labproof/core';
import type { TfjsEngine } from '@labproof/core/tensorflow';
import type { ModelFormat } from '../files/model-format.ts';
import { type Refusal, readOrRefuseLater } from '../refusal.ts';
import type { ModelFile } from '../files/model-files.ts';
import type { SubmissionFiles } from '../files/submission-files.ts';
import { kerasFormatOf, openKerasFile } from './keras/keras-file.ts';
import type { TrainingConfig } from './keras/training-config.ts';
import { assertExaminable, type ModelLimits } from './model-limits.ts';
import type { LayersFrom, ModelSource } from './model-source.ts';
import { openOnnxModel } from './onnx/onnx-model.ts';
import type { InputNormalization } from './pytorch/normalization.ts';
import type { ExerciseStructure } from './pytorch/exercise-structure.ts';
import { isSafetensors } from './pytorch/safetensors.ts';
import type { TorchTraining } from '../code/torch/training/training.ts';
import { NO_CODE, type TorchCode } from './pytorch/torch-code.ts';
import { openTorchModel } from './pytorch/torch-model.ts';
import { readTfjsLayersModel } from './tfjs-layers-model.ts';
import { submissionError } from '../errors.ts';

/** A model that could be read: its layers, its weights in layer order and their identity. */
export interface ReadModel {
  readonly state: 'read';
  readonly path: string;
  readonly format: ModelFormat;
  readonly kerasVersion: string | null;
  readonly plan: ModelPlan;
  readonly weights: readonly Float32Array[];
  readonly digest: string;
  /** Number of weights that are NaN or infinite. */
  readonly nonFinite: number;
  /** How the model says that it was trained; `null` where it says nothing. */
  readonly trainingConfig: TrainingConfig | null;
  /** How the handed-in code trains a network of PyTorch's; absent where none does. */
  readonly training?: TorchTraining;
  readonly notes: readonly string[];
  readonly layersFrom: LayersFrom;
  /** Whose words its author speaks. */
  readonly framework: 'keras' | 'pytorch';
  /** Whether it was exported for evaluation, without dropout and perhaps with batch normalisations in the layers before them. */
  readonly exported: boolean;
  /**
   * How the pixels may have been scaled where the file does not say it, the plainest first; empty where the lab's
   * scale counts.
   */
  readonly normalizations: readonly InputNormalization[];
  /** Whether the handed-in code says them, or they are the usual ones. */
  readonly normalizationsFrom: 'code' | 'usual';
  /** Evaluates it where it has layers that our own arithmetic has not; `null` for most. */
  readonly tensorFlow: TfjsEngine | null;
}

/**
 * What evaluates a network with layers that Labproof's own arithmetic does not have, `null` for every other network.
 * Throws a student's error for a network that nothing evaluates.
 */
type OpenForeign = (plan: ModelPlan, path: string) => Promise<TfjsEngine | null>;

/** What models are read by, and who opens those that we do not evaluate ourselves. */
export interface ModelReadingOptions {
  readonly limits: ModelLimits;
  readonly openForeign: OpenForeign;
  /** The networks of the lab's exercises: a file that holds weights alone may be those of one of them. */
  readonly exercises?: readonly ExerciseStructure[];
  /** The Python that was handed in, where the layers of such a file are looked for first. */
  readonly code?: () => TorchCode;
}

/** A submitted model: read, or refused with the reason. */
export type SubmittedModel =
  | ReadModel
  | {
      readonly state: 'refused';
      readonly path: string;
      readonly format: ModelFormat;
      readonly refusal: Refusal;
    };

/** Reads a submitted model. What is wrong with the file becomes a refusal; only our own faults are thrown. */
export async function readModel(
  source: ModelFile,
  files: SubmissionFiles,
  options: ModelReadingOptions,
): Promise<SubmittedModel> {
  const { path, format } = source;
  if (source.refused !== null) return { state: 'refused', path, format, refusal: source.refused };
  const reading = await readOrRefuseLater(() => readWeightsAndPlan(source, files, options));
  return (
    reading.value ?? {
      state: 'refused',
      path,
      format,
      refusal: reading.refused,
    }
  );
}

async function readWeightsAndPlan(
  file: ModelFile,
  files: SubmissionFiles,
  options: ModelReadingOptions,
): Promise<ReadModel> {
  const { path } = file;
  const { limits, openForeign } = options;
  const { source, format } = await openModel(file, files, options);
  try {
    const {
      model,
      kerasVersion,
      trainingConfig,
      notes,
      normalizations = [],
      layersFrom = 'file',
    } = source;
    const plan = planSubmitted(() => planGraph(model, foreignRegistry), path);
    assertExaminable(plan, path, limits);
    const tensorFlow = await openForeign(plan, path);
    const weights = source.weightsFor(plan).map((array) => array.read());
    return {
      state: 'read',
      path,
      format,
      kerasVersion,
      plan,
      weights,
      digest: weightsDigest(weights),
      nonFinite: weights.reduce((sum, array) => sum + countNonFinite(array), 0),
      trainingConfig,
      ...(source.training === undefined || source.training === null
        ? {}
        : { training: source.training }),
      notes,
      layersFrom,
      framework: source.framework ?? 'keras',
      exported: source.exported ?? false,
      normalizations,
      normalizationsFrom: source.normalizationsFrom ?? 'usual',
      tensorFlow,
    };
  } finally {
    source.close();
  }
}

/** Opens a model; which of a framework's formats it is in, its content says better than its name. */
async function openModel(
  { path, format: named, exercise }: ModelFile,
  files: SubmissionFiles,
  { limits, exercises = [], code = () => NO_CODE }: ModelReadingOptions,
): Promise<{ source: ModelSource; format: ModelFormat }> {
  if (named === 'tfjs-layers-model') {
    return { source: readTfjsLayersModel(path, files, limits), format: named };
  }
  const file = files.files.find((file) => file.path === path);
  if (file === undefined) {
    throw submissionError('model-missing', {
      message: `${path} is not in the submission.`,
      fix: 'Add the model.',
    });
  }
  const bytes = file.read();
  if (named === 'pytorch' || named === 'safetensors') {
    const hints = { exercise, exercises, code };
    return {
      source: await openTorchModel(bytes, path, limits, hints),
      format: isSafetensors(bytes) ? 'safetensors' : 'pytorch',
    };
  }
  if (named === 'onnx') {
    return {
      source: openOnnxModel(bytes, path, limits, { exercise, exercises, code }),
      format: named,
    };
  }
  return {
    source: await openKerasFile(bytes, path, limits),
    format: kerasFormatOf(bytes) ?? named,
  };
}

/** The planner speaks to whoever wrote the model, and here that is the student. */
function planSubmitted(plan: () => ModelPlan, path: string): ModelPlan {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof LabproofError) || !coreErrors.has(error.code)) throw error;
    const text = {
      message: `${path} cannot be examined: ${clauseOf(error)}.`,
      fix: `${error.fix} Then save the model again.`,
    };
    throw coreErrors.error(error.code, text, 'student');
  }
}

function countNonFinite(values: Float32Array): number {
  let count = 0;
  for (let at = 0; at < values.length; at += 1) if (!Number.isFinite(values[at])) count += 1;
  return count;
}

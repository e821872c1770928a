import { openTensorFlow } from '../evaluation/open-tensorflow.ts';
import { z } from 'zod';
import {
  InputScaleSchema,
  type Kernels,
  type Loss,
  LossSchema,
  type InputScale,
} from '@labproof/core';
import {
  DEFAULT_LIMITS,
  type ExerciseStructure,
  LayerReadingSchema,
  ModelFormatSchema,
  type ReadModel,
  type Refusal,
  RefusalSchema,
  type SubmissionFiles,
  formatOf,
  kerasFormatOf,
  layerReadings,
  readModel,
  savedName,
  unreadFormatOf,
  unreadFormatRefusal,
} from '@labproof/submission';
import { type EvaluatedInputs, EvaluatedInputsSchema } from '../evaluation/evaluation.ts';
import { type GradingDataset, evaluateModel } from '../evaluation/evaluate-model.ts';
import { scaleInModel } from '../evaluation/model-scale.ts';

const TrainingConfigSchema = z.strictObject({
  optimizer: z
    .strictObject({
      class_name: z.string(),
      options: z.record(z.string(), z.union([z.number(), z.boolean()])),
      schedule: z.string().nullable(),
    })
    .nullable(),
  loss: z.string().nullable(),
  fromLogits: z.boolean(),
  metrics: z.array(z.string()),
});

/** What is read in one model file: the model part of `labproof inspect --json`. */
export const ModelInspectionSchema = z.union([
  z.strictObject({
    kind: z.literal('model'),
    format: ModelFormatSchema,
    kerasVersion: z.string().nullable(),
    layers: z.array(LayerReadingSchema),
    parameters: z.int(),
    /** How the model says that it was compiled. */
    trainingConfig: TrainingConfigSchema.nullable(),
    /** SHA-256 of the weights, little-endian float32 in layer order. */
    digest: z.string(),
    /** Number of weights that are NaN or infinite. */
    nonFinite: z.int(),
    /** What was read differently from how it was written. */
    notes: z.array(z.string()),
    evaluation: z
      .strictObject({
        dataset: z.string(),
        scale: InputScaleSchema,
        /** Who evaluated it, where that was not Labproof's own arithmetic. */
        evaluatedBy: z.string().optional(),
        /** How the pixels were scaled, where that had to be found out. */
        inputs: EvaluatedInputsSchema.optional(),
        loss: z.number(),
        accuracy: z.number(),
        misclassified: z.int(),
      })
      .nullable(),
    /** Why an evaluation that was asked for gave no numbers. */
    notEvaluated: RefusalSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal('model'), refused: RefusalSchema }),
]);
export type ModelInspection = z.infer<typeof ModelInspectionSchema>;

/** On what a model is evaluated while it is inspected. */
export interface InspectionTest {
  readonly dataset: GradingDataset;
  /** `null`: as the model asks for, where it scales its inputs itself, else 1/255. */
  readonly scale: InputScale | null;
  readonly kernels: Kernels;
}

/**
 * Reads one model among some files (a `.h5`, a `.keras`, a `.pt`, a TF.js `model.json` with its weights beside it) and
 * says what is in it. A file that holds weights alone is read as one of `exercises`, if it fits. What is wrong with the file becomes `refused`; only our own faults are thrown.
 */
export async function inspectModel(
  path: string,
  files: SubmissionFiles,
  test: InspectionTest | null = null,
  exercises: readonly ExerciseStructure[] = [],
): Promise<ModelInspection> {
  const unread = formatOf(path) === null ? unreadFormatOf(path) : null;
  if (unread !== null) return { kind: 'model', refused: unreadFormatRefusal(path, unread) };
  const stem = savedName(path);
  const named = exercises.find(({ id }) => id === stem);
  const model = await readModel(
    {
      exercise: named?.id ?? null,
      rivalOf: null,
      path,
      format: formatAt(path, files),
      refused: null,
      found: [],
    },
    files,
    { limits: DEFAULT_LIMITS.model, openForeign: openTensorFlow, exercises },
  );
  if (model.state === 'refused') return { kind: 'model', refused: model.refusal };
  const { notEvaluated, evaluation, note } =
    test === null
      ? { evaluation: null, notEvaluated: null, note: null }
      : evaluationOf(model, test);
  return {
    kind: 'model',
    format: model.format,
    kerasVersion: model.kerasVersion,
    layers: layerReadings(model.plan),
    parameters: model.plan.parameters,
    trainingConfig:
      model.trainingConfig === null ? null : TrainingConfigSchema.parse(model.trainingConfig),
    digest: model.digest,
    nonFinite: model.nonFinite,
    notes: note === null ? [...model.notes] : [...model.notes, note],
    evaluation,
    notEvaluated,
  };
}

function formatAt(path: string, files: SubmissionFiles): ReadModel['format'] {
  const named = formatOf(path);
  if (named !== null) return named;
  const file = files.files.find((file) => file.path === path);
  const found = file === undefined ? null : kerasFormatOf(file.read());
  return found ?? (path.toLowerCase().endsWith('.json') ? 'tfjs-layers-model' : 'keras-v3');
}

function evaluationOf(
  model: ReadModel,
  { dataset, scale: asked, kernels }: InspectionTest,
): {
  evaluation: {
    dataset: string;
    scale: InputScale;
    evaluatedBy?: string | undefined;
    inputs?: EvaluatedInputs | undefined;
    loss: number;
    accuracy: number;
    misclassified: number;
  } | null;
  notEvaluated: Refusal | null;
  note: string | null;
} {
  const scale = asked ?? scaleInModel(model) ?? '1/255';
  const { evaluation, impossible } = evaluateModel({
    model,
    dataset,
    scale,
    loss: lossOf(model),
    kernels,
  });
  if (evaluation === null) return { evaluation: null, notEvaluated: impossible, note: null };
  const { loss, accuracy, misclassified, evaluatedBy, inputs, note = null } = evaluation;
  return {
    evaluation: {
      dataset: dataset.id,
      scale,
      ...(evaluatedBy === undefined ? {} : { evaluatedBy }),
      ...(inputs === undefined ? {} : { inputs }),
      loss,
      accuracy,
      misclassified,
    },
    notEvaluated: null,
    note,
  };
}

/** The loss that the model was compiled with, where we know it. */
function lossOf({ trainingConfig }: ReadModel): Loss {
  const known = LossSchema.safeParse(trainingConfig?.loss);
  return known.success ? known.data : 'categorical_crossentropy';
}

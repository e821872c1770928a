import type { Epoch } from '@labproof/core';
import type { Evaluation } from './evaluation.ts';
import type { ModelReading } from './model-reading-schema.ts';
import { type SubmittedModel, layerReadings } from '@labproof/submission';

/** A submitted model as a grade reports it. */
export function modelReading(
  exercise: string,
  model: SubmittedModel,
  evaluation: Evaluation | null,
  history: readonly Epoch[] | null,
): ModelReading {
  const common = {
    exercise,
    path: model.path,
    format: model.format,
    history: history === null ? null : [...history],
  };
  if (model.state === 'refused') {
    return {
      ...common,
      refused: model.refusal,
      layers: [],
      parameters: null,
      digest: null,
      evaluation: null,
    };
  }
  return {
    ...common,
    refused: null,
    layers: layerReadings(model.plan),
    parameters: model.plan.parameters,
    digest: model.digest,
    evaluation,
    ...(model.notes.length === 0 ? {} : { notes: [...model.notes] }),
  };
}

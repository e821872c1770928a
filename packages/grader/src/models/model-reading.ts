import type { Epoch } from '@labproof/core';
import type { Evaluation, ModelReading } from '../grade.ts';
import { layerReadings } from './layer-readings.ts';
import type { SubmittedModel } from './submitted-model.ts';

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
  };
}

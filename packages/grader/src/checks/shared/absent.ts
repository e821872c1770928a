import type { ReadModel, Refusal } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';

/** Verdict when nothing was written, or when what was written could not be read; `null` when there is an answer. */
export function withoutAnswer(context: CheckContext, what: string): Verdict | null {
  const { answer, answersRefused, question } = context;
  if (answer !== null && (answer.text !== '' || answer.images.length > 0)) return null;
  if (answersRefused !== null) {
    return {
      outcome: 'refused',
      message: answersRefused.message,
      advice: answersRefused.fix,
      evidence: [],
    };
  }
  return {
    outcome: 'missing',
    message:
      answer === null
        ? `No answer to question ${question.number} was found: no heading "Question ${question.number}" and no text of it.`
        : `Question ${question.number} is there, but nothing is written under it.`,
    advice: `Write ${what} under the heading "Question ${question.number}".`,
    evidence: [],
  };
}

/** Verdict when there is no model to look at; `null` when there is one. */
export function withoutModel(context: CheckContext, consequence: string): Verdict | null {
  const { model, exercise } = context;
  const id = exercise?.id ?? '';
  if (model === null) {
    return {
      outcome: 'missing',
      message: `No model for ${id} was handed in, so ${consequence}.`,
      advice: `Save the trained model with model.save("${id}.keras") and hand it in as models/${id}.keras; a .h5, or a TensorFlow.js model.json with its .bin files, will do as well.`,
      evidence: [],
    };
  }
  if (model.state === 'read') return null;
  return {
    outcome: 'refused',
    message: `The model for ${id} could not be read, so ${consequence}. ${model.refusal.message}`,
    advice: model.refusal.fix,
    evidence: [],
  };
}

/** The model of which `withoutModel` had nothing to say. */
export function modelOf({ model }: CheckContext): ReadModel {
  if (model?.state === 'read') return model;
  throw new Error('a model that is neither absent nor read');
}

/** Verdict on a model that was read and cannot be evaluated by its own fault. */
export function notEvaluated({ message, fix }: Refusal): Verdict {
  return { outcome: 'failed', message, advice: fix, evidence: [] };
}

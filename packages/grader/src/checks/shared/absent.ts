import type { ReadModel, Refusal } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';

/** What is said of a question without an answer: there is no heading, or there is nothing below it. */
const NO_ANSWER = [
  (number: number) =>
    `No answer to question ${number} was found: no heading "Question ${number}" and no text of it.`,
  (number: number) => `Question ${number} is there, but nothing is written under it.`,
] as const;
const NO_MODEL = 'No model for ';

/** Whether a message says that a question has no answer, or that there is no model to look at. */
export function absentBy(message: string, question: number): 'answer' | 'model' | null {
  if (NO_ANSWER.some((text) => text(question) === message)) return 'answer';
  return message.startsWith(NO_MODEL) ? 'model' : null;
}

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
    message: NO_ANSWER[answer === null ? 0 : 1](question.number),
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
      message: `${NO_MODEL}${id} was handed in, so ${consequence}.`,
      advice: `Save the trained model with model.save("${id}.keras") and hand it in as models/${id}.keras; a .h5, a .pt that PyTorch saved with torch.save(model.state_dict(), "${id}.pt"), or a TensorFlow.js model.json with its .bin files will do as well.`,
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

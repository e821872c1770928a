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

/** What took too much to be worked out. */
const TOO_MUCH: readonly string[] = ['evaluation-budget', 'evaluation-stopped'];

/** What a person decides, and no student should lose points by: which of two files counts, what takes too long to evaluate. */
const FOR_A_PERSON: ReadonlySet<string> = new Set([
  ...TOO_MUCH,
  'history-several',
  'versions-differ',
]);

/** Verdict on what could not be read, or what a person has to look at first. */
export function refused({ code, fix }: Refusal, message: string): Verdict {
  const outcome = FOR_A_PERSON.has(code) ? 'needs-review' : 'refused';
  return { outcome, message, advice: fix, evidence: [] };
}

/** Whether a message says that a question has no answer, or that there is no model to look at. */
export function absentBy(message: string, question: number): 'answer' | 'model' | null {
  if (NO_ANSWER.some((text) => text(question) === message)) return 'answer';
  return message.startsWith(NO_MODEL) ? 'model' : null;
}

/** The number of the question to which no answer was found under any label, where a message says so; else `null`. */
export function unanswered(message: string): string | null {
  return (
    /^No answer to question (?<number>\d+) was found: /u.exec(message)?.groups?.['number'] ?? null
  );
}

/** Verdict when nothing was written, or when what was written could not be read; `null` when there is an answer. */
export function withoutAnswer(context: CheckContext, what: string): Verdict | null {
  const { answer, answersRefused, question } = context;
  if (answer !== null && (answer.text !== '' || answer.images.length > 0)) return null;
  if (answersRefused !== null) {
    return {
      ...refused(answersRefused, answersRefused.message),
      evidence: context.versions.map(({ file, text, unseen }) => ({
        kind: 'text',
        label: `In ${file}`,
        text: text === '' ? unseen : text,
      })),
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
  const { refusal } = model;
  return refused(
    refusal,
    FOR_A_PERSON.has(refusal.code)
      ? refusal.message
      : `The model for ${id} could not be read, so ${consequence}. ${refusal.message}`,
  );
}

/** The model of which `withoutModel` had nothing to say. */
export function modelOf({ model }: CheckContext): ReadModel {
  if (model?.state === 'read') return model;
  throw new Error('a model that is neither absent nor read');
}

/** Verdict on a model that was read and cannot be evaluated by its own fault. */
export function notEvaluated({ code, message, fix }: Refusal): Verdict {
  const outcome = FOR_A_PERSON.has(code) ? 'needs-review' : 'failed';
  return {
    outcome,
    message,
    advice: fix,
    evidence: [],
    ...(TOO_MUCH.includes(code) ? { code } : {}),
  };
}

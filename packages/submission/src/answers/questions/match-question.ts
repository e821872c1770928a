import type { Lab, Question } from '@labproof/lab';
import type { QuestionLabel } from '../../text/question-label.ts';
import { type QuestionTexts, RESEMBLES } from './question-texts.ts';

/** Which question a label or heading stands for, how sure that is (0…1), and why. */
export interface QuestionMatch {
  readonly question: Question | null;
  readonly confidence: number;
  readonly why: string;
}

/** Scores nearer than this are a tie: some questions of a lab ask for the same thing of another model. */
const TIE = 0.05;

/**
 * Matches by number and by text. They usually agree; where another edition of the lab counts differently, the text
 * decides, and where several questions have the same text, the number does, or else their order.
 */
export function matchQuestion(
  label: QuestionLabel,
  lab: Lab,
  texts: QuestionTexts,
  previous: Question | null,
): QuestionMatch {
  const numbered = byNumber(label, lab);
  const scored = label.isAnswer || label.rest === '' ? [] : texts.resemblances(label.rest);
  const best = scored.reduce((best, { score }) => Math.max(best, score), 0);
  const likely = scored
    .filter(({ score }) => score >= RESEMBLES && score >= best - TIE)
    .map(({ question }) => question);
  if (numbered !== null && (likely.length === 0 || likely.includes(numbered))) {
    return likely.length > 0
      ? { question: numbered, confidence: 1, why: 'number and text agree' }
      : { question: numbered, confidence: 0.8, why: `the number ${numbered.number}` };
  }
  const chosen = inOrder(likely, lab, previous);
  if (chosen === null) return { question: null, confidence: 0, why: 'no question of the lab fits' };
  return {
    question: chosen,
    confidence: best,
    why:
      label.number === null
        ? `the text is that of question ${chosen.number}`
        : `the text is that of question ${chosen.number}, though the number is ${label.number}`,
  };
}

/** A heading or line without a number that is the text of a question. */
export function matchText(
  text: string,
  lab: Lab,
  texts: QuestionTexts,
  previous: Question | null,
  least = RESEMBLES,
): QuestionMatch | null {
  const scored = texts.resemblances(text);
  const best = scored.reduce((best, { score }) => Math.max(best, score), 0);
  if (best < least) return null;
  const likely = scored.filter(({ score }) => score >= best - TIE).map(({ question }) => question);
  const question = inOrder(likely, lab, previous);
  return question === null
    ? null
    : { question, confidence: best, why: `the text is that of question ${question.number}` };
}

function byNumber(label: QuestionLabel, lab: Lab): Question | null {
  const { number, letter } = label;
  if (number === null) return null;
  const exact = lab.questions.find(({ id }) => id === `q${number}${letter ?? ''}`);
  return exact ?? lab.questions.find((question) => question.number === number) ?? null;
}

/** Of equally likely questions the next one after the previous, else the first. */
function inOrder(
  likely: readonly Question[],
  lab: Lab,
  previous: Question | null,
): Question | null {
  const place = previous === null ? -1 : lab.questions.indexOf(previous);
  return likely.find((question) => lab.questions.indexOf(question) > place) ?? likely[0] ?? null;
}

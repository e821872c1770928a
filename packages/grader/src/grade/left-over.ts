import type { Answer } from '@labproof/submission';
import type { CheckOutcome } from './outcome.ts';
import { toAPerson } from './to-a-person.ts';

/** Text of a document that names no question, beside answers that do. */
export interface LeftOver {
  /** The documents that hold it. */
  readonly files: ReadonlySet<string>;
  /** The answers that hold it, of questions and of none. */
  readonly answers: ReadonlySet<Answer>;
  /** Where it stands, in a sentence. */
  readonly message: string;
}

/** Words from which on a text may well be somebody's answer. */
const SOME_WORDS = 5;
/** What stands before the first label is a title page or an introduction, if it is shorter. */
const INTRODUCTION_WORDS = 40;
/** Where hardly a question is labelled, an answer with so many words may hold answers to others. */
const WHOLE_REPORT_WORDS = 150;
/** "Hardly a question": one, or one of so many. */
const FEW = 8;

/**
 * What stands in the answers under headings that name no question, or before and below the only labels that do. A report that is
 * divided by topics answers questions without saying which: that nothing was handed in for them is not known, so a person looks.
 */
export function leftOver(answers: readonly Answer[], questions: number): LeftOver | null {
  const matched = new Set(answers.flatMap(({ question }) => (question === null ? [] : [question])));
  if (matched.size === 0) return null;
  /** Whose first answer has a label that says "question": before it may stand an introduction. */
  const introduced = new Set<string>();
  const seen = new Set<string>();
  for (const { file, question, isWeak } of answers) {
    if (question === null || seen.has(file)) continue;
    seen.add(file);
    if (isWeak !== true) introduced.add(file);
  }
  const files = new Set<string>();
  const holding = new Set<Answer>();
  const headings: string[] = [];
  const begun = new Set<string>();
  for (const answer of answers) {
    const { file, heading, question, topics = [] } = answer;
    if (question === null) {
      const isIntroduction = introduced.has(file) && !begun.has(file);
      if (answer.contests !== undefined || !isSubstantial(answer, isIntroduction)) continue;
      if (heading !== '') headings.push(heading);
    } else {
      begun.add(file);
      const isReport =
        matched.size <= Math.max(1, questions / FEW) && answer.words >= WHOLE_REPORT_WORDS;
      if (topics.length === 0 && !isReport) continue;
      headings.push(...topics);
    }
    files.add(file);
    holding.add(answer);
  }
  if (files.size === 0) return null;
  const places = [...files].join(', ');
  const holds = files.size === 1 ? 'holds' : 'hold';
  return {
    files,
    answers: holding,
    message:
      headings.length === 0
        ? `${places} ${holds} more text than the questions that are labelled ask for, so it needs manual grading: see whether it answers this one.`
        : `${places} ${holds} text under headings that name no question (${shown(
            headings,
          )}), so it needs manual grading: see whether it answers this one.`,
  };
}

function isSubstantial(answer: Answer, isIntroduction: boolean): boolean {
  const { words, claims, code, images, unseen } = answer;
  if (claims.length > 0) return true;
  // Programs load the data before the first question.
  if (isIntroduction) return words >= INTRODUCTION_WORDS;
  return words >= SOME_WORDS || code.length > 0 || images.length > 0 || unseen !== '';
}

const SHOWN = 3;
const LONGEST = 60;

function shown(headings: readonly string[]): string {
  const names = [...new Set(headings)].map((text) =>
    text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text,
  );
  const listed = names.slice(0, SHOWN).map((name) => `“${name}”`);
  return `${listed.join(', ')}${names.length > SHOWN ? ', …' : ''}`;
}

/**
 * A check of a question that was not answered, or whose answer was found by nothing but a title or a bare number in a document that
 * goes on about other things: what it asks for may stand elsewhere.
 */
export function mayStandElsewhere(
  check: CheckOutcome,
  answer: Answer | null,
  left: LeftOver | null,
): CheckOutcome {
  if (left === null || (check.outcome !== 'missing' && check.outcome !== 'failed')) return check;
  const isUnanswered = answer === null || (answer.text === '' && answer.images.length === 0);
  const isDoubtful = answer?.isWeak === true && left.files.has(answer.file);
  if (!isDoubtful && !(isUnanswered && check.outcome === 'missing')) return check;
  return toAPerson(check, left.message);
}

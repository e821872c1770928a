import {
  ANSWER_WORDS,
  EASTERN_ANSWER,
  EASTERN_QUESTION,
  NUMBER_WORDS,
  QUESTION_WORDS,
  TASK_WORDS,
  easternNumber,
} from './question-words.ts';
import { trimOf } from './trim.ts';

/** A line that says which question follows. */
export interface QuestionLabel {
  readonly number: number | null;
  /** `b` of "Question 3b", or the letter of "**B.** …". */
  readonly letter: string | null;
  /** What stands on the line after the label: the question's text, the answer, or nothing. */
  readonly rest: string;
  /**
   * `strong` says "question"; `task` says "exercise" or the like, with which people count other things too; `weak` is a bare number
   * or letter, which an answer's own list may have as well.
   */
  readonly strength: 'strong' | 'task' | 'weak';
  /** "A1:" labels an answer, so what follows is never the question's text. */
  readonly isAnswer: boolean;
}

const SPELLED = new Map(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five'
    .split(' ')
    .map((word, index) => [word, index + 1]),
);
const NUMBER = `(?<number>[\\d０-９]{1,2}|${[...SPELLED.keys()]
  .toReversed()
  .join('|')})(?:\\s*(?<letter>[a-h]))?`;
/** Marks between a label and what follows, full-width ones too. */
const MARKS = '[:.)\\]–—\\-：．。、）】]';
const MARK = new RegExp(MARKS, 'u');
const REST = `(?<separator>\\s*${MARKS}+\\s*|\\s+|$)(?<rest>.*)$`;
const NUMBERED = `\\s*(?:(?:${NUMBER_WORDS})\\s*)?(?:[#.:(-]\\s*)?${NUMBER}(?![\\p{L}\\d])`;

const QUESTION = new RegExp(
  `^(?:(?:exercise|part)\\s+\\d+\\s*(?:[.,:–—-]\\s*)?)?(?:${QUESTION_WORDS})${NUMBERED}${REST}`,
  'isu',
);
const TASK = new RegExp(`^(?:${TASK_WORDS})${NUMBERED}${REST}`, 'isu');
/** "3. Frage", "3e vraag", "2ª pregunta", "3. Aufgabe:". */
const ORDINAL = new RegExp(
  `^(?<number>\\d{1,2})\\s*(?:[.)ªº°]+|e|de|te|ste)\\s*(?:(?<question>${QUESTION_WORDS.replace(
    /\|q$/u,
    '',
  )})|(?:${TASK_WORDS}))(?![\\p{L}\\d])\\s*(?<separator>${MARKS}+|$)\\s*(?<rest>.*)$`,
  'isu',
);
const EASTERN_NUMBER = '(?<number>[\\d０-９]{1,2}|[一二三四五六七八九十]{1,3})';
const EASTERN = new RegExp(
  `^[【［[(（]?(?:第\\s*${EASTERN_NUMBER.replace(
    'number',
    'counted',
  )}\\s*${EASTERN_QUESTION}|${EASTERN_QUESTION}\\s*${EASTERN_NUMBER})(?![\\d０-９一二三四五六七八九十])(?<separator>\\s*${MARKS}*\\s*)(?<rest>.*)$`,
  'su',
);
const EASTERN_ANSWERED = new RegExp(
  `^${EASTERN_ANSWER}\\s*${EASTERN_NUMBER}\\s*${MARKS}+\\s*(?<rest>.*)$`,
  'su',
);
const ANSWER = new RegExp(
  `^(?:(?:${ANSWER_WORDS})(?:\\s*(?:to|zu|op|à|a|alla)(?=\\s))?(?:\\s*(?:la\\s+)?(?:${QUESTION_WORDS}))?|a)\\s*(?:[#.]\\s*)?${NUMBER}(?![\\p{L}\\d])\\s*[:.)–—：-]+\\s*(?<rest>.*)$`,
  'isu',
);
/** What word processors and R Markdown count headings with: "2.3 Question 4". */
const SECTION_NUMBER = /^\d{1,2}(?:\.\d{1,2})+\.?\s+(?=\p{L})/u;
const BARE_NUMBER =
  /^(?<number>\d{1,2})(?:\s*(?<letter>[a-h]))?(?:\s*[.):]+\s*(?<rest>.*)|\s*)$/isu;
const BARE_LETTER = /^\(?(?<letter>[A-Za-z])\s*[.):]+(?:\s+(?<rest>.*))?$/su;

/**
 * Reads the label at the start of a line of text, in English and in other languages. Bare numbers and letters count in headings
 * and bold lines only; in plain text "Question 4" needs a colon or the like behind it, so that a sentence about it is no label.
 */
export function readLabel(
  line: string,
  emphasis: 'heading' | 'bold' | 'plain',
): QuestionLabel | null {
  const text = line
    .trim()
    .replaceAll(/^[*_\s]+/gu, '')
    .replace(SECTION_NUMBER, '');
  const isLabel = (groups: Record<string, string | undefined>): boolean =>
    emphasis !== 'plain' || MARK.test(groups['separator'] ?? '') || groups['rest'] === '';
  const question = QUESTION.exec(text)?.groups ?? EASTERN.exec(text)?.groups;
  if (question !== undefined && isLabel(question)) return label(question, 'strong', false);
  const ordinal = ORDINAL.exec(text)?.groups;
  if (ordinal?.['question'] !== undefined) return label(ordinal, 'strong', false);
  const answer = ANSWER.exec(text)?.groups ?? EASTERN_ANSWERED.exec(text)?.groups;
  if (answer !== undefined) return label(answer, 'strong', true);
  const task = ordinal ?? TASK.exec(text)?.groups;
  if (task !== undefined && isLabel(task)) return label(task, 'task', false);
  if (emphasis === 'plain') return null;
  const bare = BARE_NUMBER.exec(text)?.groups ?? BARE_LETTER.exec(text)?.groups;
  return bare === undefined ? null : label(bare, 'weak', false);
}

function label(
  groups: Record<string, string | undefined>,
  strength: QuestionLabel['strength'],
  isAnswer: boolean,
): QuestionLabel {
  const written = (groups['number'] ?? groups['counted'])?.toLowerCase();
  return {
    number: written === undefined ? null : (SPELLED.get(written) ?? easternNumber(written)),
    letter: groups['letter']?.toLowerCase() ?? null,
    rest: trimOf(groups['rest'] ?? '', /[*_\s]/u),
    strength,
    isAnswer,
  };
}

import { trimOf } from './trim.ts';

/** A line that says which question follows. */
export interface QuestionLabel {
  readonly number: number | null;
  /** `b` of "Question 3b", or the letter of "**B.** …". */
  readonly letter: string | null;
  /** What stands on the line after the label: the question's text, the answer, or nothing. */
  readonly rest: string;
  /** `strong` says "question"; `weak` is a bare number or letter, which an answer's own list may have too. */
  readonly strength: 'strong' | 'weak';
  /** "A1:" labels an answer, so what follows is never the question's text. */
  readonly isAnswer: boolean;
}

const SPELLED = new Map(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five'
    .split(' ')
    .map((word, index) => [word, index + 1]),
);
const NUMBER = `(?<number>\\d{1,2}|${[...SPELLED.keys()].toReversed().join('|')})(?:\\s*(?<letter>[a-h]))?`;
const REST = `(?<separator>\\s*[:.)\\]–—-]+\\s*|\\s+|$)(?<rest>.*)$`;

const QUESTION = new RegExp(
  `^(?:(?:exercise|part)\\s+\\d+\\s*(?:[.,:–—-]\\s*)?)?(?:question|quest\\.|vraag|q)\\s*(?:(?:no\\.?|nr\\.?|number)\\s*)?(?:[#.:(-]\\s*)?${NUMBER}(?![\\p{L}\\d])${REST}`,
  'isu',
);
const ANSWER = new RegExp(
  `^(?:(?:answer|ans|solution)(?:\\s*to(?=\\s))?(?:\\s*(?:question|q))?|a)\\s*(?:[#.]\\s*)?${NUMBER}(?![\\p{L}\\d])\\s*[:.)–—-]+\\s*(?<rest>.*)$`,
  'isu',
);
/** What word processors and R Markdown count headings with: "2.3 Question 4". */
const SECTION_NUMBER = /^\d{1,2}(?:\.\d{1,2})+\.?\s+(?=\p{L})/u;
const BARE_NUMBER =
  /^(?<number>\d{1,2})(?:\s*(?<letter>[a-h]))?(?:\s*[.):]+\s*(?<rest>.*)|\s*)$/isu;
const BARE_LETTER = /^\(?(?<letter>[A-Za-z])\s*[.):]+(?:\s+(?<rest>.*))?$/su;

/**
 * Reads the label at the start of a line of text. Bare numbers and letters count in headings and bold lines only;
 * in plain text "Question 4" needs a colon or the like behind it, so that a sentence about it is no label.
 */
export function readLabel(
  line: string,
  emphasis: 'heading' | 'bold' | 'plain',
): QuestionLabel | null {
  const text = line
    .trim()
    .replaceAll(/^[*_\s]+/gu, '')
    .replace(SECTION_NUMBER, '');
  const question = QUESTION.exec(text)?.groups;
  if (question !== undefined) {
    const separated = /[:.)\]–—-]/u.test(question['separator'] ?? '') || question['rest'] === '';
    if (separated || emphasis !== 'plain') return label(question, 'strong', false);
  }
  const answer = ANSWER.exec(text)?.groups;
  if (answer !== undefined) return label(answer, 'strong', true);
  if (emphasis === 'plain') return null;
  const bare = BARE_NUMBER.exec(text)?.groups ?? BARE_LETTER.exec(text)?.groups;
  return bare === undefined ? null : label(bare, 'weak', false);
}

function label(
  groups: Record<string, string | undefined>,
  strength: QuestionLabel['strength'],
  isAnswer: boolean,
): QuestionLabel {
  const written = groups['number']?.toLowerCase();
  const number = written === undefined ? null : (SPELLED.get(written) ?? Number(written));
  return {
    number,
    letter: groups['letter']?.toLowerCase() ?? null,
    rest: trimOf(groups['rest'] ?? '', /[*_\s]/u),
    strength,
    isAnswer,
  };
}

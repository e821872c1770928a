import type { Answer } from '@labproof/submission';
import { unanswered } from '../checks/shared/absent.ts';
import type { CheckOutcome } from './outcome.ts';
import { toAPerson } from './to-a-person.ts';

const LONGEST = 500;
/** Words from which on unseen text may well be an answer, with its label. */
const SOME_WORDS = 5;

/**
 * A check of an answer of which a part cannot be seen on its page: white or tiny letters, text that a style hides. Such text
 * states nothing. Whether it was hidden on purpose or by a style that came along nobody knows, so no point is lost by it
 * before a person has looked, and whoever reads the answer is shown it.
 */
export function besideUnseen(
  check: CheckOutcome,
  answer: Answer | null,
  others: readonly Answer[],
): CheckOutcome {
  if (answer === null) return amongUnseen(check, others);
  const { unseen } = answer;
  if (!/[\p{L}\p{N}]/u.test(unseen)) return check;
  const text = unseen.length > LONGEST ? `${unseen.slice(0, LONGEST)}…` : unseen;
  const evidence = [
    ...check.evidence,
    { kind: 'text', label: 'Cannot be seen on the page', text } as const,
  ];
  if (check.outcome === 'needs-review') return { ...check, evidence };
  if (!['missing', 'failed'].includes(check.outcome)) return check;
  return {
    ...toAPerson(
      check,
      'Some of its text cannot be seen on the page (it is white, tiny or hidden by a style) and was not counted; it needs manual grading.',
    ),
    evidence,
  };
}

/** A check of an answer of which no label was found, where other answers hold text that nobody sees and that has its number in it: its label may be there. */
function amongUnseen(check: CheckOutcome, answers: readonly Answer[]): CheckOutcome {
  const question = check.outcome === 'missing' ? unanswered(check.message) : null;
  if (question === null) return check;
  const named = new RegExp(`(?<![\\d.,])${question}(?![.,]?\\d)`, 'u');
  const holding = answers.filter(
    ({ unseen }) => named.test(unseen) && unseen.split(/\s+/u).length >= SOME_WORDS,
  );
  if (holding.length === 0) return check;
  const places = [...new Set(holding.map(({ file }) => file))].join(', ');
  return toAPerson(
    check,
    `${places} holds text that cannot be seen on its page (it is white, tiny or hidden by a style), so this needs manual grading: see whether it answers this question.`,
  );
}

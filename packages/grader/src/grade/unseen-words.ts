import type { Answer } from '@labproof/submission';
import type { CheckOutcome } from './outcome.ts';

const LONGEST = 500;

/**
 * A check of an answer of which a part cannot be seen on its page: white or tiny letters, text that a style hides. Such text
 * states nothing. Whether it was hidden on purpose or by a style that came along nobody knows, so no point is lost by it
 * before a person has looked, and whoever reads the answer is shown it.
 */
export function besideUnseen(check: CheckOutcome, answer: Answer | null): CheckOutcome {
  const unseen = answer?.unseen ?? '';
  if (!/[\p{L}\p{N}]/u.test(unseen)) return check;
  const text = unseen.length > LONGEST ? `${unseen.slice(0, LONGEST)}…` : unseen;
  const evidence = [
    ...check.evidence,
    { kind: 'text', label: 'Cannot be seen on the page', text } as const,
  ];
  if (check.outcome === 'needs-review') return { ...check, evidence };
  if (!['missing', 'failed'].includes(check.outcome)) return check;
  return {
    ...check,
    outcome: 'needs-review',
    points: null,
    message: `${check.message} Some of its text cannot be seen on the page (it is white, tiny or hidden by a style) and was not counted; it needs manual grading.`,
    evidence,
  };
}

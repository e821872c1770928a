import type { CheckOutcome } from './outcome.ts';

/** A check that a person decides after all: what it said so far, and in a sentence why that does not settle it. */
export function toAPerson(check: CheckOutcome, why: string): CheckOutcome {
  return { ...check, outcome: 'needs-review', points: null, message: `${check.message} ${why}` };
}

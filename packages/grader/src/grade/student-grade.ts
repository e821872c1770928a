import { formatPlural } from '@labproof/submission';
import type { Evidence } from './evidence.ts';
import type { Grade } from './grade.ts';
import type { CheckOutcome } from './outcome.ts';
import { messageOf } from './totals.ts';

/**
 * A grade as its student may see it: without the rubrics by which a person reads, and without what a search for their
 * words found, which stands in the message of an answer that waits as well. Points, outcomes and what readers wrote stay.
 */
export function studentGrade(grade: Grade): Grade {
  return {
    ...grade,
    outcomes: grade.outcomes.map((outcome) => {
      const checks = outcome.checks.map(forStudents);
      return {
        ...outcome,
        message: messageOf(checks),
        evidence: withoutRubrics(outcome.evidence),
        checks,
      };
    }),
  };
}

function forStudents(check: CheckOutcome): CheckOutcome {
  if (check.evidence.every(({ kind }) => kind !== 'rubric')) return check;
  return {
    ...check,
    message:
      check.outcome === 'needs-review'
        ? `This answer needs manual grading: ${formatPlural(check.max, 'point')}.`
        : check.message,
    evidence: withoutRubrics(check.evidence),
  };
}

function withoutRubrics(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter(({ kind }) => kind !== 'rubric');
}

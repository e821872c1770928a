import { questionOutcome } from '../../src/grade/totals.ts';
import type { Grade } from '../../src/grade/grade.ts';
import { refusedGrade } from '../../src/grade/whole-grade.ts';
import { lab } from '../../../submission/test/support/lab.ts';

/** A grade of the test lab with so many points; the rest is lost, or waits where `pending` says so. */
export function gradeOf(student: string, over: Partial<Grade> = {}): Grade {
  const base = refusedGrade(
    { lab, student, name: null },
    { code: 'none', message: 'Nothing was read.', fix: 'Hand in again.' },
  );
  return { ...base, status: 'final', problem: null, score: 3, ...over };
}

/** The outcomes of the test lab's questions in which everything passes but the named question, which waits. */
export function outcomesWaitingIn(waiting: string): Grade['outcomes'] {
  return lab.questions.map((question) =>
    questionOutcome(
      question,
      question.checks.map((spec) => {
        const waits = question.id === waiting;
        return {
          check: spec.kind,
          outcome: waits ? 'needs-review' : 'passed',
          points: waits ? null : spec.points,
          max: spec.points,
          message: waits ? 'It waits; secret concept.' : 'It holds.',
          advice: null,
          evidence: [],
        };
      }),
    ),
  );
}

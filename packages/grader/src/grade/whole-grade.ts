import { ARITHMETIC_VERSION } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { checkName } from '../checks/registry.ts';
import type { Grade } from './grade.ts';
import type { Outcome } from './outcome.ts';
import type { Refusal } from '@labproof/submission';
import { gradeTotals, questionOutcome } from './totals.ts';
import { GRADER_VERSION } from '../version.ts';

/** The student and the lab that a grade is about. */
export interface GradeSubject {
  readonly lab: Lab;
  readonly student: string;
  readonly name: string | null;
}

/**
 * The grade of a submission of which nothing could be read: `refused`, zero points and the reason everywhere,
 * because it is the student's to hand in again.
 */
export function refusedGrade(subject: GradeSubject, problem: Refusal): Grade {
  return wholeGrade(subject, problem, 'refused');
}

/** The grade of a submission that we failed to grade: no score at all. */
export function brokenGrade(subject: GradeSubject, problem: Refusal): Grade {
  return wholeGrade(subject, problem, 'broken');
}

/**
 * The grade of a submission that takes more than grading has: nothing is decided, and every question goes to a person,
 * who gives its points.
 */
export function unreadGrade(subject: GradeSubject, problem: Refusal): Grade {
  return wholeGrade(subject, problem, 'needs-review');
}

function wholeGrade(
  { lab, student, name }: GradeSubject,
  problem: Refusal,
  outcome: Extract<Outcome, 'refused' | 'broken' | 'needs-review'>,
): Grade {
  const outcomes = lab.questions.map((question) =>
    questionOutcome(
      question,
      question.checks.map((spec) => ({
        check: checkName(spec),
        outcome,
        points: outcome === 'refused' ? 0 : null,
        max: spec.points,
        message: problem.message,
        advice: problem.fix,
        evidence: [],
      })),
    ),
  );
  return {
    student,
    name,
    ...gradeTotals(outcomes),
    status: outcome,
    ...(outcome === 'refused' ? { refusal: 'everything' as const } : {}),
    problem,
    lab: { id: lab.id, title: lab.title, version: lab.version },
    outcomes,
    files: [],
    models: [],
    answers: [],
    provenance: {
      labproof: GRADER_VERSION,
      arithmetic: ARITHMETIC_VERSION,
      submissionDigest: '',
      dataDigests: {},
    },
  };
}

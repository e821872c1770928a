import { reasonOf } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { type Grade, brokenGrade } from '@labproof/grader';
import { classErrors } from '../errors.ts';

/** The grade of a student with whom something of ours went wrong after grading: nobody else's is touched. */
export function brokenWhile(
  deed: string,
  { student, name }: Pick<Grade, 'student' | 'name'>,
  lab: Lab,
  error: unknown,
): Grade {
  return brokenGrade(
    { lab, student, name },
    classErrors.remark('grade-stage-failed', {
      message: `The grade could not be ${deed} because of a fault in Labproof: ${reasonOf(error)}.`,
      fix: 'Grade this submission by hand and report the fault with the submission.',
    }),
  );
}

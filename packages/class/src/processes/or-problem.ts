import { LabproofError, reasonOf } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { type ComparableGrade, brokenGrade, refusedGrade } from '@labproof/grader';
import { refusalOf } from '@labproof/submission';
import { classErrors } from '../errors.ts';

/** Whose submission is graded, and by which lab. */
interface OneOfAClass {
  readonly lab: Lab;
  readonly student: string;
  readonly name?: string | null;
}

/** Runs what may fail; a failure becomes the grade that says so. */
export async function orProblem<T>(
  task: OneOfAClass,
  run: () => Promise<T>,
): Promise<T | ComparableGrade> {
  const { lab, student } = task;
  const subject = { lab, student, name: task.name ?? null };
  try {
    return await run();
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'student') {
      return { grade: refusedGrade(subject, refusalOf(error)), models: [] };
    }
    const problem =
      error instanceof LabproofError
        ? refusalOf(error)
        : classErrors.remark('grading-failed', {
            message: `Grading stopped because of a fault in Labproof: ${reasonOf(error)}.`,
            fix: 'Grade this submission by hand and report the fault with the submission.',
          });
    return { grade: brokenGrade(subject, problem), models: [] };
  }
}

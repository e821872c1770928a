import { type Kernels, type Lab, LabproofError } from '@labproof/core';
import type { Grade } from '../grade.ts';
import { gradeSubmission } from '../grade-submission.ts';
import type { GradingDataset } from '../models/evaluate-model.ts';
import { reasonOf, refusalOf } from '../refusal.ts';
import { openSubmission } from '../submission/open-submission.ts';
import { brokenGrade, refusedGrade } from '../whole-grade.ts';

/**
 * Grades the folder or .zip at a path. Always gives a grade: `refused` when the submission cannot be read, `broken`
 * when something of ours fails.
 */
export async function gradePath(options: {
  path: string;
  lab: Lab;
  kernels: Kernels;
  datasets: ReadonlyMap<string, GradingDataset>;
  student: string;
  name?: string | null;
}): Promise<Grade> {
  const { path, lab, student } = options;
  const name = options.name ?? null;
  try {
    const files = await openSubmission(path);
    return await gradeSubmission({ ...options, files, name });
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'student') {
      return refusedGrade({ lab, student, name }, refusalOf(error));
    }
    const problem =
      error instanceof LabproofError
        ? refusalOf(error)
        : {
            code: 'grading-failed',
            message: `Grading stopped because of a fault in Labproof: ${reasonOf(error)}.`,
            fix: 'Grade this submission by hand and report the fault with the submission.',
          };
    return brokenGrade({ lab, student, name }, problem);
  }
}

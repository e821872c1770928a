import type { Kernels } from '@labproof/core';
import { withoutStrayRejections } from '@labproof/core/workers';
import type { Lab } from '@labproof/lab';
import {
  type ComparableGrade,
  type Grade,
  type GradingDataset,
  type PlaygroundRunner,
  type RecipeTrainer,
  type StoppedWork,
  type WorkPiece,
  gradeForComparison,
} from '@labproof/grader';
import type { ReadingLimits, SetAside, SubmissionFiles } from '@labproof/submission';
import { openSubmission } from '../hand-ins/open-submission.ts';
import { orProblem } from './or-problem.ts';

/** What grading one student's submission takes. */
export interface GradingTask {
  readonly lab: Lab;
  /** As `GradeInput` has it. */
  readonly limits?: ReadingLimits;
  readonly kernels: Kernels;
  readonly datasets: ReadonlyMap<string, GradingDataset>;
  /** As `GradeInput` has it. */
  readonly loadDataset?: (id: string) => Promise<GradingDataset>;
  readonly student: string;
  readonly name?: string | null;
  readonly trainer?: RecipeTrainer;
  /** As `GradeInput` has it. */
  readonly playground?: PlaygroundRunner;
  /** As `GradeInput` has them. */
  readonly setAside?: readonly SetAside[];
  readonly onRead?: () => void;
  readonly stopped?: readonly StoppedWork[];
  readonly onWork?: (piece: WorkPiece | null) => void;
}

/**
 * Grades the folder or .zip at a path. Always gives a grade: `refused` when the submission cannot be read, `broken`
 * when something of ours fails.
 */
export async function gradePath(task: GradingTask & { readonly path: string }): Promise<Grade> {
  const result = await withoutStrayRejections(() =>
    orProblem(task, async () => gradeFiles(task, await openSubmission(task.path, task.limits))),
  );
  return result.grade;
}

/** Grades what was opened; the errors are those of `gradeSubmission`. */
export function gradeFiles(task: GradingTask, files: SubmissionFiles): Promise<ComparableGrade> {
  return gradeForComparison({ ...task, files, name: task.name ?? null });
}

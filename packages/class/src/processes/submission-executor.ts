import type { GradingDataset, RecipeTrainer } from '@labproof/grader';
import type { Graded } from './graded.ts';
import type { GradingJob, GradingSetup } from './messages.ts';
import { classError } from '../errors.ts';

/** Submissions to be graded, and whom to tell. */
export interface SubmissionWork {
  readonly setup: GradingSetup;
  readonly jobs: readonly GradingJob[];
  /** Processes side by side, where this machine grades. */
  readonly processes: number;
  /** Wall-clock seconds that one submission may take. */
  readonly timeLimit: number;
  readonly onGraded: (job: GradingJob, grade: Graded) => void;
  /** Trains recipes for the checks of reproduction; the time that takes is not the submission's. */
  readonly trainer: RecipeTrainer | null;
  /** Loads a dataset; the time that takes is not the submission's, either. */
  readonly loadDataset: (id: string) => Promise<GradingDataset>;
  readonly signal?: AbortSignal;
}

/** Who grades submissions: processes of this machine unless told, or machines behind a queue. */
export interface SubmissionExecutor {
  /**
   * Grades every submission, in any order, and resolves when all have been reported. Throws what makes grading
   * impossible, and `grading-interrupted` when the signal fires.
   */
  grade(work: SubmissionWork): Promise<void>;
}

/** Throws `grading-interrupted` once the signal has fired. */
export function assertNotInterrupted({ signal }: { readonly signal?: AbortSignal }): void {
  if (signal?.aborted !== true) return;
  throw classError('grading-interrupted', {
    message:
      'Grading was interrupted before every submission was graded; the results are as they were.',
    fix: 'Run the same command again: it goes on with the submissions that are left.',
  });
}

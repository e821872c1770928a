import type { EngineChoice, Lab, LabproofError } from '@labproof/core';
import type { Grade } from '../grade.ts';
import type { GradingDataset } from '../models/evaluate-model.ts';

/** What a grading process needs before its first submission. */
export interface GradingSetup {
  readonly kind: 'setup';
  readonly lab: Lab;
  readonly datasets: readonly GradingDataset[];
  readonly engine: EngineChoice;
}

/** One submission to grade. */
export interface GradingJob {
  readonly kind: 'grade';
  readonly path: string;
  readonly student: string;
  readonly name: string | null;
}

export type ToGradingProcess = GradingSetup | GradingJob;

/** An error in the form in which it crosses between processes. */
export type Problem = Pick<LabproofError, 'code' | 'owner' | 'message' | 'fix'>;

export type FromGradingProcess =
  | { readonly kind: 'ready' }
  | { readonly kind: 'graded'; readonly grade: Grade }
  | { readonly kind: 'failed'; readonly problem: Problem };

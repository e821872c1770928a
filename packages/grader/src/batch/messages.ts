import type { EngineChoice, Lab, LabproofError } from '@labproof/core';
import type { Grade } from '../grade.ts';
import type { GradingDataset } from '../models/evaluate-model.ts';
import type { HandInPart } from './hand-in.ts';

/** What a grading process needs before its first submission. */
export interface GradingSetup {
  readonly kind: 'setup';
  readonly lab: Lab;
  readonly datasets: readonly GradingDataset[];
  readonly engine: EngineChoice;
  /** MiB that the process may hold; past it, it ends itself. */
  readonly memoryLimit: number;
}

/** One submission to grade. */
export interface GradingJob {
  readonly kind: 'grade';
  readonly parts: readonly HandInPart[];
  readonly student: string;
  readonly name: string | null;
  /** Digest of the submission for which a grade is kept that would come out again; `null` where none is. */
  readonly keptDigest: string | null;
}

export type ToGradingProcess = GradingSetup | GradingJob;

/** An error in the form in which it crosses between processes. */
export type Problem = Pick<LabproofError, 'code' | 'owner' | 'message' | 'fix'>;

export type FromGradingProcess =
  | { readonly kind: 'ready' }
  | { readonly kind: 'graded'; readonly grade: Grade }
  /** The submission is the one for which a grade is kept. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly problem: Problem };

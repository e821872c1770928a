import type { Grade } from '@labproof/grader';

/** A submission has its grade. */
export interface BatchProgress {
  readonly done: number;
  readonly total: number;
  readonly student: string;
  readonly status: Grade['status'];
  /** The grade was there already from an earlier grading of the same submission. */
  readonly reused: boolean;
}

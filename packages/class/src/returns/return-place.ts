import type { Grade, GradeSummary } from '@labproof/grader';
import type { Preflight } from '../gradebook/gradebook-entry.ts';

export const RETURN_FORMATS = ['moodle', 'canvas', 'gradescope', 'folders'] as const;
export type ReturnFormat = (typeof RETURN_FORMATS)[number];

/** What is looked at of a grade before its report is made. */
export type ReturnedGrade = Pick<GradeSummary, 'student' | 'name' | 'score' | 'pending' | 'max'> &
  Pick<Grade, 'handIn'>;

/** What a report is made as: a PDF, a page, both in a .zip, a notebook or a text; `none` where nothing goes there. */
export type ReportForm = 'pdf' | 'html' | 'zip' | 'notebook' | 'text' | 'none';

/** Where the report of one student goes. */
export interface ReturnPlace {
  readonly student: string;
  /** Below what is written: a file, or a folder where it ends in `/`. */
  readonly path: string;
  readonly form: ReportForm;
  /** The number by which Canvas's programs know the student. */
  readonly canvasUser?: string;
}

/** Whose reports go where. With `stops` nothing is written. */
export interface ReturnPlan extends Preflight {
  readonly places: readonly ReturnPlace[];
}

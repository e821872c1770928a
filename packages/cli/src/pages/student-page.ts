import type { Lab } from '@labproof/lab';
import type { Grade } from '@labproof/grader';
import { type ReportRelease, renderStudentReport, type TestImage } from '@labproof/report';

/** What the pages of a class share. */
export interface StudentPageSetup {
  readonly lab: Lab;
  readonly classes: Readonly<Record<string, readonly string[]>>;
  readonly date?: string;
  /** `instructor` unless told. */
  readonly audience?: 'instructor' | 'student';
}

/** What is a student's own. */
export interface StudentPageJob {
  readonly grade: Grade;
  readonly misclassifiedImages: Readonly<Record<string, readonly TestImage[]>>;
  /** Which version is given out, and what is another than in the one before. */
  readonly release?: ReportRelease;
}

/** What a page worker answers a job with. */
export type StudentPageAnswer =
  | { readonly kind: 'page'; readonly html: string }
  | { readonly kind: 'failed'; readonly message: string };

/** A pure function, so it does not matter in which thread it runs. */
export function studentPage(setup: StudentPageSetup, job: StudentPageJob): string {
  return renderStudentReport({ ...setup, ...job });
}

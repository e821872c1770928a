import type { ComparableGrade } from '@labproof/grader';

/** A grade, or that the submission is the one for which a grade is kept. */
export type Graded = ComparableGrade | 'unchanged';

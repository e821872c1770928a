import type { Lab } from '@labproof/core';
import type { Grade } from '../grade.ts';
import type { HandIn } from './hand-in.ts';
import type { HandInTimes } from './hand-in-times.ts';
import { applyLatePolicy, type LatePolicy } from './late-policy.ts';
import { reviewKey, type ReviewRow, reviewRows } from './review-rows.ts';
import { applyReviews, type Review, type ReviewState } from './reviews.ts';

/** Grades as they are handed out. */
export interface SettledGrades {
  readonly grades: readonly Grade[];
  readonly reviews: readonly ReviewRow[];
  readonly warnings: readonly string[];
}

/** Puts onto bare grades what is not of the submission itself: reviewers' points, lateness, how its name was read. */
export function settleGrades(options: {
  grades: readonly Grade[];
  lab: Lab;
  reviews: readonly Review[];
  handIns: readonly HandIn[];
  late: LatePolicy | undefined;
  times: HandInTimes | null;
}): SettledGrades {
  const { lab, late, times } = options;
  const warnings: string[] = [];
  const applied = new Map<string, { review: Review; state: ReviewState }>();
  const handIns = new Map(options.handIns.map((handIn) => [handIn.student, handIn]));
  const grades = options.grades.map((bare) => {
    const reviewed = applyReviews(bare, lab, options.reviews);
    warnings.push(...reviewed.warnings);
    for (const entry of reviewed.states) {
      applied.set(reviewKey(entry.review.student, entry.review.question), entry);
    }
    const named = withHandIn(reviewed.grade, handIns.get(bare.student));
    const time = times?.byStudent.get(bare.student);
    return late === undefined || time === undefined ? named : applyLatePolicy(named, late, time);
  });
  return { grades, reviews: reviewRows(lab, options.grades, applied), warnings };
}

function withHandIn(grade: Grade, handIn: HandIn | undefined): Grade {
  if (handIn === undefined || handIn.rule === 'plain') return grade;
  return { ...grade, handIn: { rule: handIn.rule, why: handIn.why } };
}

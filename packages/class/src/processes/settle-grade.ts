import { LabproofError } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import type { Grade } from '@labproof/grader';
import { brokenWhile } from './broken-while.ts';
import type { HandIn } from '../hand-ins/hand-in.ts';
import type { HandInTimes } from '../lateness/hand-in-times.ts';
import { applyLatePolicy } from '../lateness/apply-late-policy.ts';
import type { LatePolicy } from '../lateness/late-policy.ts';
import { type ReviewRow, reviewRowsOf } from '../reviews/review-rows.ts';
import type { SingleNote } from '../notes/class-note.ts';
import { type Review, applyReviews } from '../reviews/reviews.ts';

/** A grade as it is handed out. */
export interface SettledGrade {
  readonly grade: Grade;
  /** What of it waits for a person, and what persons have given. */
  readonly reviews: readonly ReviewRow[];
  readonly notes: readonly SingleNote[];
}

/** What is not of the submission itself, for a whole class. */
export interface Settlement {
  readonly lab: Lab;
  readonly reviews: readonly Review[];
  readonly handIns: readonly HandIn[];
  readonly late: LatePolicy | undefined;
  readonly times: HandInTimes | null;
}

/** Puts onto bare grades what is not of the submission itself: reviewers' points, lateness, how its name was read. */
export function settler({
  lab,
  reviews,
  handIns,
  late,
  times,
}: Settlement): (bare: Grade) => SettledGrade {
  const handInOf = new Map(handIns.map((handIn) => [handIn.student, handIn]));
  const reviewsOf = new Map<string, Review[]>();
  for (const review of reviews) {
    const own = reviewsOf.get(review.student);
    if (own === undefined) reviewsOf.set(review.student, [review]);
    else own.push(review);
  }
  const settle = (bare: Grade): SettledGrade => {
    const reviewed = applyReviews(bare, lab, reviewsOf.get(bare.student) ?? []);
    const applied = new Map(reviewed.states.map((entry) => [entry.review.question, entry]));
    const named = withHandIn(reviewed.grade, handInOf.get(bare.student));
    const time = times?.byStudent.get(bare.student);
    return {
      grade: late === undefined || time === undefined ? named : applyLatePolicy(named, late, time),
      reviews: reviewRowsOf(lab, bare, applied),
      notes: reviewed.notes,
    };
  };
  return (bare) => {
    try {
      return settle(bare);
    } catch (error) {
      // What persons gave is about the student, and so is what goes wrong with it.
      if (error instanceof LabproofError && error.owner === 'instructor') throw error;
      return { grade: brokenWhile('put together', bare, lab, error), reviews: [], notes: [] };
    }
  };
}

function withHandIn(grade: Grade, handIn: HandIn | undefined): Grade {
  if (handIn === undefined) return grade;
  const { rule, why, idKind, uploads, id } = handIn;
  const { student, ...rest } = grade;
  const named = { student, ...(id === undefined ? {} : { id }), ...rest };
  return rule === 'plain'
    ? named
    : { ...named, handIn: { rule, why, idKind, uploads: [...uploads] } };
}

import { sha256Hex } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import {
  type CheckOutcome,
  type Grade,
  type QuestionOutcome,
  gradeTotals,
  questionOutcome,
  textsToRead,
} from '@labproof/grader';
import { formatDecimal, formatPlural } from '@labproof/submission';
import { addUpTo, type GivenItem } from './given-items.ts';
import type { SingleNote } from '../notes/class-note.ts';

/** Points that a person gave for what waited for a person in one question. */
export interface Review {
  readonly student: string;
  readonly question: string;
  readonly points: number;
  readonly comment: string;
  /** Digest of the answer that was read (`answerDigest`); `null` where the file does not say. */
  readonly answer: string | null;
  /** What of the rubric was given; absent or empty where only points were. */
  readonly given?: readonly GivenItem[];
  /** Given for an answer that had changed by the last grading. */
  readonly former?: true;
}

export type ReviewState =
  | 'applied'
  /** The answer is another than the one that was read, so its points wait again. */
  | 'stale'
  /** Nothing waits there, or less than was given. */
  | 'not-applied';

/** A grade with the reviews applied, and what became of each of them. */
export interface ReviewedGrade {
  readonly grade: Grade;
  readonly states: readonly { readonly review: Review; readonly state: ReviewState }[];
  readonly notes: readonly SingleNote[];
}

const DIGEST_LENGTH = 16;

/** What the evidence that holds a reader's words is called. */
export const READER_COMMENT = 'Comment of the reader';

/** The identity of what a person reads for a question: the first 16 digits of its SHA-256. */
export function answerDigest(grade: Grade, question: string): string {
  const texts = textsToRead(grade, question).map(({ heading, text }) => [heading, text]);
  return sha256Hex(JSON.stringify(texts)).slice(0, DIGEST_LENGTH);
}

/**
 * Applies manual points to a grade. They settle the checks that wait for a person, in their order, each up to its
 * maximum. A review of an answer that has changed since is stale: the question waits again and says what was given.
 * One for which nothing waits, or that gives more than waits, is not applied. Both come back as notes.
 */
export function applyReviews(grade: Grade, lab: Lab, reviews: readonly Review[]): ReviewedGrade {
  const states: { review: Review; state: ReviewState }[] = [];
  const notes: SingleNote[] = [];
  const outcomes = grade.outcomes.map((outcome) => {
    const review = reviews.find(
      ({ student, question }) => student === grade.student && question === outcome.question,
    );
    const question = lab.questions.find(({ id }) => id === outcome.question);
    if (review === undefined || question === undefined) return outcome;
    const given = `${formatPlural(review.points, 'point')} for ${grade.student}, ${review.question}`;
    if (review.points > outcome.pending || outcome.pending === 0) {
      states.push({ review, state: 'not-applied' });
      notes.push({
        kind: 'points-not-applied',
        about: `${grade.student}:${review.question}`,
        message: `The ${given}, ${review.points === 1 ? 'was' : 'were'} not applied: ${formatPlural(outcome.pending, 'point')} ${outcome.pending === 1 ? 'needs' : 'need'} manual grading there.`,
      });
      return outcome;
    }
    if (review.answer !== null && review.answer !== answerDigest(grade, outcome.question)) {
      states.push({ review, state: 'stale' });
      notes.push({
        kind: 'points-stale',
        about: `${grade.student}:${review.question}`,
        message: `The ${given}, ${review.points === 1 ? 'is' : 'are'} stale: the answer has changed since it was read, so it needs manual grading again.`,
      });
      return questionOutcome(question, markStale(outcome, review));
    }
    states.push({ review, state: 'applied' });
    return questionOutcome(question, settlePending(outcome, review));
  });
  return { grade: { ...grade, outcomes, ...totalsOf(grade, outcomes) }, states, notes };
}

function totalsOf(grade: Grade, outcomes: readonly QuestionOutcome[]): Partial<Grade> {
  return grade.problem === null || grade.status === 'needs-review' ? gradeTotals(outcomes) : {};
}

function settlePending(outcome: QuestionOutcome, review: Review): CheckOutcome[] {
  let left = review.points;
  let given = givenOf(outcome, review);
  return outcome.checks.map((check) => {
    if (check.outcome !== 'needs-review') return check;
    const points = Math.min(left, check.max);
    left -= points;
    const items = given;
    // They are of the question as a whole, and are said once.
    given = [];
    return {
      ...check,
      outcome: points === check.max ? 'passed' : points === 0 ? 'failed' : 'partial',
      points,
      byReader: true,
      // With all of the points there is nothing left to mend.
      advice: points === check.max ? null : check.advice,
      message: `A person gave ${formatDecimal(points)} of ${formatPlural(check.max, 'point')}.`,
      evidence: [...items, ...commentOf(review), ...check.evidence],
    };
  });
}

function givenOf({ pending }: QuestionOutcome, review: Review): CheckOutcome['evidence'] {
  const { given = [], points } = review;
  const items = [...given];
  return items.length > 0 && addUpTo(items, points, pending) ? [{ kind: 'given', items }] : [];
}

function markStale(outcome: QuestionOutcome, review: Review): CheckOutcome[] {
  return outcome.checks.map((check) =>
    check.outcome === 'needs-review'
      ? {
          ...check,
          message: `${check.message} A person gave ${formatPlural(review.points, 'point')} in all for an earlier version of this answer; it has changed since, so they do not count.`,
          evidence: [...commentOf(review), ...check.evidence],
        }
      : check,
  );
}

function commentOf({ comment }: Review): CheckOutcome['evidence'] {
  return comment === '' ? [] : [{ kind: 'text', label: READER_COMMENT, text: comment }];
}

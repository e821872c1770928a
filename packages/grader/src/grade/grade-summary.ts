import type { CheckOutcome, QuestionOutcome } from './outcome.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { Grade } from './grade.ts';
import type { ModelReading } from '../evaluation/model-reading-schema.ts';

/**
 * A grade without its evidence, answers and files: what tables of a class are made of. A whole `Grade` is one too, but
 * of some hundred kilobytes, of which a class of a thousand is too many to hold at once.
 */
export interface GradeSummary extends Readonly<
  Pick<
    Grade,
    | 'student'
    | 'id'
    | 'name'
    | 'score'
    | 'pending'
    | 'max'
    | 'status'
    | 'refusal'
    | 'problem'
    | 'lateness'
  >
> {
  readonly lab: Readonly<Grade['lab']>;
  readonly outcomes: readonly QuestionSummary[];
  readonly models: readonly ModelSummary[];
}

interface QuestionSummary extends Readonly<
  Pick<QuestionOutcome, 'question' | 'number' | 'title' | 'outcome' | 'points' | 'pending' | 'max'>
> {
  readonly checks: readonly Readonly<Pick<CheckOutcome, 'check' | 'outcome' | 'message'>>[];
}

interface ModelSummary extends Readonly<Pick<ModelReading, 'exercise' | 'refused' | 'digest'>> {
  readonly evaluation: Readonly<Pick<Evaluation, 'dataset' | 'accuracy'>> | null;
}

/** The summary of a grade; it shares nothing with the grade that would keep the rest of it in memory. */
export function summaryOf(grade: Grade): GradeSummary {
  const { student, id, name, score, pending, max, status, refusal, problem, lab, lateness } = grade;
  return {
    student,
    ...(id === undefined ? {} : { id }),
    name,
    score,
    pending,
    max,
    status,
    ...(refusal === undefined ? {} : { refusal }),
    problem,
    lab,
    ...(lateness === undefined ? {} : { lateness }),
    outcomes: grade.outcomes.map(({ checks, ...outcome }) => ({
      question: outcome.question,
      number: outcome.number,
      title: outcome.title,
      outcome: outcome.outcome,
      points: outcome.points,
      pending: outcome.pending,
      max: outcome.max,
      checks: checks.map(({ check, outcome: verdict, message }) => ({
        check,
        outcome: verdict,
        message,
      })),
    })),
    models: grade.models.map(({ exercise, refused, digest, evaluation }) => ({
      exercise,
      refused,
      digest,
      evaluation:
        evaluation === null ? null : { dataset: evaluation.dataset, accuracy: evaluation.accuracy },
    })),
  };
}

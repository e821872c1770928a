import { type Lab, questionPoints } from '@labproof/core';
import type { CheckOutcome, Grade, QuestionOutcome } from '../grade.ts';
import { formatDecimal } from '../format.ts';
import { gradeTotals, questionOutcome } from '../totals.ts';
import { assertNoProblems, readCsvTable } from './csv-table.ts';
import { studentId } from './student-id.ts';

/** Points that a person gave for what waited for a person in one question. */
export interface Review {
  readonly student: string;
  readonly question: string;
  readonly points: number;
  readonly comment: string;
}

const COLUMNS = ['student', 'question', 'points'] as const;

/**
 * Reads manual points: a CSV with the columns student, question, points and comment. The points are those for the
 * checks of the question that wait for a person. Throws one instructor's error that lists every problem.
 */
export function readReviews(
  path: string,
  lab: Lab,
  students: readonly string[],
): readonly Review[] {
  const { header, rows } = readCsvTable(path);
  const missing = COLUMNS.filter((column) => !header.includes(column));
  assertNoProblems(
    path,
    'reviews-invalid',
    missing.map((column) => `the column "${column}" is missing`),
  );
  const cell = (row: readonly string[], column: string): string =>
    row[header.indexOf(column)] ?? '';
  const known = new Set(students);
  const reviews = new Map<string, Review>();
  const problems: string[] = [];
  for (const [index, row] of rows.entries()) {
    const line = `row ${index + 2}`;
    const student = studentId(cell(row, 'student'));
    const asked = cell(row, 'question').toLowerCase();
    const question = lab.questions.find(({ id }) => id === asked || id === `q${asked}`);
    const written = cell(row, 'points');
    const points = /^\d+(?:[.,]\d+)?$/u.test(written) ? Number(written.replace(',', '.')) : null;
    if (!known.has(student))
      problems.push(`${line}: there is no submission of "${cell(row, 'student')}"`);
    if (question === undefined) {
      problems.push(`${line}: the lab has no question "${cell(row, 'question')}"`);
    } else if (points !== null && points > questionPoints(question)) {
      problems.push(
        `${line}: ${written} points are more than the ${questionPoints(question)} of ${question.id}`,
      );
    }
    if (points === null) problems.push(`${line}: "${written}" is not a number of points`);
    if (question === undefined || points === null) continue;
    const key = `${student} ${question.id}`;
    if (reviews.has(key)) problems.push(`${line}: ${student} has a second row for ${question.id}`);
    reviews.set(key, {
      student,
      question: question.id,
      points,
      comment: header.includes('comment') ? cell(row, 'comment') : '',
    });
  }
  assertNoProblems(path, 'reviews-invalid', problems);
  return [...reviews.values()];
}

/**
 * Applies manual points to a grade. They settle the checks that wait for a person, in their order, each up to its
 * maximum. A review for which nothing waits, or that gives more than waits, is not applied and comes back as a warning.
 */
export function applyReviews(
  grade: Grade,
  lab: Lab,
  reviews: readonly Review[],
): { grade: Grade; warnings: string[] } {
  const warnings: string[] = [];
  const outcomes = grade.outcomes.map((outcome) => {
    const review = reviews.find(
      ({ student, question }) => student === grade.student && question === outcome.question,
    );
    const question = lab.questions.find(({ id }) => id === outcome.question);
    if (review === undefined || question === undefined) return outcome;
    if (review.points > outcome.pending || outcome.pending === 0) {
      warnings.push(
        `The ${formatDecimal(review.points)} points for ${grade.student}, ${review.question}, were not applied: ${formatDecimal(outcome.pending)} points wait there for a person.`,
      );
      return outcome;
    }
    return questionOutcome(question, settlePending(outcome, review));
  });
  return { grade: { ...grade, outcomes, ...totalsOf(grade, outcomes) }, warnings };
}

function totalsOf(grade: Grade, outcomes: readonly QuestionOutcome[]): Partial<Grade> {
  return grade.problem === null ? gradeTotals(outcomes) : {};
}

function settlePending(outcome: QuestionOutcome, review: Review): CheckOutcome[] {
  let left = review.points;
  return outcome.checks.map((check) => {
    if (check.outcome !== 'needs-review') return check;
    const points = Math.min(left, check.max);
    left -= points;
    return {
      ...check,
      outcome: points === check.max ? 'passed' : points === 0 ? 'failed' : 'partial',
      points,
      message: `A person gave ${formatDecimal(points)} of ${formatDecimal(check.max)} points.`,
      evidence:
        review.comment === ''
          ? check.evidence
          : [
              { kind: 'text', label: 'Comment of the reader', text: review.comment },
              ...check.evidence,
            ],
    };
  });
}

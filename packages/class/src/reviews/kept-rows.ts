import { linesInCell } from '../tables/csv-cell.ts';
import { pointsIn, type RawRow } from './review-fields.ts';
import type { ReviewRow } from './review-rows.ts';

/** A row that fits nothing of today, as it goes into the next table: with all that a person put into it. */
export function keptReviewRow(cells: RawRow): ReviewRow {
  return reviewRowOf(cells, 'kept');
}

/** The cells of a row as the row that they were written from. */
export function reviewRowOf(cells: RawRow, state: ReviewRow['state']): ReviewRow {
  const text = (column: string): string => cells[column] ?? '';
  const number = (column: string): number | null => pointsIn(text(column));
  return {
    row: text('row') === '' ? `${text('student')}:${text('question')}` : text('row'),
    student: text('student'),
    name: text('name'),
    question: text('question'),
    title: text('title'),
    max: number('max') ?? 0,
    points: number('points'),
    comment: linesInCell(text('comment')),
    state,
    suggested: number('suggested'),
    answer: text('answer'),
    rubric: text('rubric'),
    answer_digest: text('answer_digest'),
    former_points: number('former_points'),
    former_digest: text('former_digest'),
    given: linesInCell(text('given')),
  };
}

/**
 * Points that stood in the table before and would not stand in the new one: those of answers that have changed, and those
 * that somebody took back. Before the table is written anew, the old one is copied.
 */
export function losesPoints(
  before: ReadonlyMap<string, number>,
  after: readonly ReviewRow[],
  keyOf: (student: string, question: string) => string,
): boolean {
  const standing = new Map(
    after
      .filter(({ points }) => points !== null)
      .map(({ student, question, points }) => [keyOf(student, question), points]),
  );
  return [...before].some(([key, points]) => standing.get(key) !== points);
}

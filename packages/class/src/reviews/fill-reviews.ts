import { join } from 'node:path';
import type { Lab } from '@labproof/lab';
import { writeFilesTogether } from '../files/write-files.ts';
import { REVIEWS_FILE } from './collect-reviews.ts';
import { type GivenItem, givenText } from './given-items.ts';
import { linesInCell } from '../tables/csv-cell.ts';
import { reviewRowOf } from './kept-rows.ts';
import { rowsFromCsv } from './read-reviews.ts';
import { type RawRow, digestIn, identityOf } from './review-fields.ts';
import { DIGEST_MARK, type ReviewRow, reviewKey, reviewsCsv } from './review-rows.ts';
import { isKept } from './second-rows.ts';

/** What readers have decided on one answer, for the table. */
export interface FilledReview {
  readonly student: string;
  readonly question: string;
  /** `null`: nothing is decided, whatever the table says. */
  readonly points: number | null;
  /** `null`: as the table has it. */
  readonly comment: string | null;
  /** What of the rubric was given; `null`: as the table has it. */
  readonly given: readonly GivenItem[] | null;
  /** Digest of the answer that was read; `null` where nobody knows it. */
  readonly digest: string | null;
}

/**
 * Writes points into the table of reviews of an output folder, through the same writer as a grading. Rows that are not
 * named stay as they are. Points for another answer than the row's stand as former points, as a grading has them.
 */
export function fillReviews(out: string, lab: Lab, filled: readonly FilledReview[]): void {
  const given = new Map(
    filled.map((review) => [reviewKey(review.student.toLowerCase(), review.question), review]),
  );
  const table = rowsFromCsv(join(out, REVIEWS_FILE));
  const keyIn = (cells: RawRow): string => {
    const { student, question } = identityOf(cells, lab);
    return reviewKey(student.toLowerCase(), question?.id ?? '');
  };
  const today = new Set(table.filter((cells) => !isKept(cells)).map(keyIn));
  // What somebody typed into a kept row is never written over where the table has a row of today.
  const isSecond = (cells: RawRow): boolean => isKept(cells) && today.has(keyIn(cells));
  const rows = table.map((cells): ReviewRow => {
    const { student, question, problem } = identityOf(cells, lab);
    const review =
      problem === null && question !== undefined && !isSecond(cells)
        ? given.get(reviewKey(student.toLowerCase(), question.id))
        : undefined;
    return review === undefined
      ? reviewRowOf(cells, stateIn(cells))
      : { ...reviewRowOf(cells, 'waiting'), ...cellsOf(review, cells) };
  });
  writeFilesTogether(out, [{ path: REVIEWS_FILE, content: reviewsCsv(rows) }]);
}

const STATES: readonly ReviewRow['state'][] = ['waiting', 'given', 'stale', 'kept'];

/** What the table says; a state that somebody typed over is found by the points. */
function stateIn(cells: RawRow): ReviewRow['state'] {
  const said = STATES.find((state) => state === cells['state']);
  return said ?? ((cells['points'] ?? '') === '' ? 'waiting' : 'given');
}

function cellsOf(
  { points, comment: words, given: items, digest }: FilledReview,
  cells: RawRow,
): Partial<ReviewRow> {
  const comment = words ?? linesInCell(cells['comment'] ?? '');
  const given = items === null ? linesInCell(cells['given'] ?? '') : givenText(items);
  const today = digestIn(cells['answer_digest'] ?? '');
  if (points !== null && digest !== null && today !== null && digest !== today) {
    return {
      points: null,
      comment,
      given,
      state: 'stale',
      former_points: points,
      former_digest: `${DIGEST_MARK}${digest}`,
    };
  }
  return {
    points,
    comment,
    given,
    state: points === null ? 'waiting' : 'given',
    former_points: null,
    former_digest: '',
  };
}

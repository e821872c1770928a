import { sha256Hex } from '@labproof/core';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '@labproof/lab';
import type { SingleNote } from '../notes/class-note.ts';
import { keptReviewRow } from './kept-rows.ts';
import { readReviews } from './read-reviews.ts';
import { type ReviewRow, reviewKey } from './review-rows.ts';
import type { Review } from './reviews.ts';
import { type GoneRows, goneRows } from './written-table.ts';

/** The table of reviews in the output folder: written by every grading, read by the next. */
export const REVIEWS_FILE = 'reviews.csv';

/** The reviews that count, and what to say about where they come from. */
export interface ReviewsInUse {
  readonly reviews: readonly Review[];
  /** Rows of the folder's table that fit nothing of this grading: they go into the new table as they are. */
  readonly kept: readonly ReviewRow[];
  /** Points that the folder's table holds, by `reviewKey`. */
  readonly given: ReadonlyMap<string, number>;
  /** What the last grading wrote into the folder's table and is in it no more; `null` where nothing is gone. */
  readonly gone: GoneRows | null;
  /** SHA-256 of the folder's table as it was read; `null` where there was none. */
  readonly tableDigest: string | null;
  readonly notes: readonly SingleNote[];
}

/**
 * The reviews of the given file over those of `reviews.csv` in the output folder, so that points once given survive
 * every new grading. A row of the given file without points takes earlier points back. Reviews in the folder that fit no
 * student or question of this grading are kept; in the given file they are an instructor's error, like everything else
 * that does not fit.
 */
export function collectReviews(
  options: { lab: Lab; out: string; reviews?: string },
  students: readonly string[],
): ReviewsInUse {
  const { lab, out } = options;
  const table = join(out, REVIEWS_FILE);
  const earlier = existsSync(table) ? readReviews(table, lab, students, 'keep') : null;
  const given = options.reviews === undefined ? null : readReviews(options.reviews, lab, students);
  const decided = new Set(
    [...(given?.reviews ?? []), ...(given?.open ?? [])].map(({ student, question }) =>
      reviewKey(student, question),
    ),
  );
  const surviving = (earlier?.reviews ?? []).filter(
    ({ student, question }) => !decided.has(reviewKey(student, question)),
  );
  return {
    reviews: [...(given?.reviews ?? []), ...surviving],
    kept: (earlier?.kept ?? []).map(({ cells }) => keptReviewRow(cells)),
    given: new Map(
      (earlier?.reviews ?? [])
        .filter(({ former }) => former !== true)
        .map(({ student, question, points }) => [reviewKey(student, question), points]),
    ),
    gone: goneRows(
      out,
      lab,
      [...(earlier === null ? [] : [table]), options.reviews].filter((path) => path !== undefined),
    ),
    tableDigest: tableDigest(out),
    notes: (earlier?.kept ?? []).map(({ cells, why, back }) => {
      const points = cells['points'] || cells['former_points'];
      return {
        kind: 'points-kept',
        about: cells['row'] || `${cells['student']}:${cells['question']}`,
        message: `${table}: ${why}. The ${points ? `${points} points` : 'words'} of that row stay in the table and ${back}.`,
      };
    }),
  };
}

/** SHA-256 of the table in a folder of results; `null` where there is none. */
export function tableDigest(out: string): string | null {
  const table = join(out, REVIEWS_FILE);
  return existsSync(table) ? sha256Hex(readFileSync(table)) : null;
}

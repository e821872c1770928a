import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '@labproof/lab';
import { readReviews } from './read-reviews.ts';
import { reviewKey } from './review-rows.ts';
import type { Review } from './reviews.ts';

/** The table of reviews in the output folder: written by every grading, read by the next. */
export const REVIEWS_FILE = 'reviews.csv';

/** The reviews that count, and what to say about where they come from. */
export interface ReviewsInUse {
  readonly reviews: readonly Review[];
  readonly warnings: readonly string[];
}

/**
 * The reviews of the given file over those of `reviews.csv` in the output folder, so that points once given survive
 * every new grading. A row of the given file without points takes earlier points back. Reviews in the folder of
 * students who are gone are left out; in the given file they are an instructor's error, like everything else that
 * does not fit.
 */
export function collectReviews(
  options: { lab: Lab; out: string; reviews?: string },
  students: readonly string[],
): ReviewsInUse {
  const { lab, out } = options;
  const kept = join(out, REVIEWS_FILE);
  const earlier = existsSync(kept) ? readReviews(kept, lab, students, 'pass-over') : null;
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
    warnings: (earlier?.passedOver ?? []).map((why) => `${kept}: ${why}.`),
  };
}

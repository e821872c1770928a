import { sha256Hex } from '@labproof/core';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPlural } from '@labproof/submission';
import type { StagedFiles } from '../files/staged-files.ts';
import type { SingleNote } from '../notes/class-note.ts';
import { REVIEWS_FILE, type ReviewsInUse, tableDigest } from '../reviews/collect-reviews.ts';
import { losesPoints } from '../reviews/kept-rows.ts';
import { type ReviewRow, reviewKey, reviewsCsv } from '../reviews/review-rows.ts';
import { WRITTEN_TABLE } from '../reviews/written-table.ts';

/** Where the table lies, what was read in it, and the date for the names of copies. */
interface TablePlace {
  readonly out: string;
  readonly now: () => string | null;
  readonly reviewsInUse: ReviewsInUse;
}

/**
 * The table of reviews, so that nothing of what a person typed is written over with less: where points would leave the
 * table the former one is copied, and a table that somebody changed meanwhile is left alone.
 */
export function stageReviews(
  { out, now, reviewsInUse: { given, gone, tableDigest: asRead } }: TablePlace,
  reviews: readonly ReviewRow[],
  staged: StagedFiles,
): SingleNote[] {
  const note = (message: string): SingleNote => ({ kind: 'other', about: REVIEWS_FILE, message });
  if (tableDigest(out) !== asRead) {
    const name = 'reviews-not-merged.csv';
    staged.add(name, reviewsCsv(reviews));
    return [
      note(
        `${REVIEWS_FILE} was changed while the class was graded, so it was left as it is and what this grading would have written is in ${name}: grade again to use what was typed.`,
      ),
    ];
  }
  const notes: SingleNote[] = [];
  const used = new Set<string>();
  if (asRead !== null && losesPoints(given, reviews, reviewKey)) {
    const name = keepTable(
      { out, staged, used, when: now() ?? asRead.slice(0, 12) },
      new Uint8Array(readFileSync(join(out, REVIEWS_FILE))),
    );
    notes.push(
      note(
        `Points that stood in ${REVIEWS_FILE} do not count any more; the former table is kept as ${name}.`,
      ),
    );
  }
  if (gone !== null) {
    const when = now() ?? sha256Hex(gone.table).slice(0, 12);
    const name = keepTable({ out, staged, used, when }, gone.table);
    notes.push(
      note(
        `${formatPlural(gone.rows.length, 'row')} with points that the last grading wrote into ${REVIEWS_FILE} ${gone.rows.length === 1 ? 'is' : 'are'} in it no more (${gone.rows.slice(0, NAMED).join(', ')}${gone.rows.length > NAMED ? ', …' : ''}), so they do not count. That table is kept as ${name}: copy the rows back, or name it with --reviews, unless they were meant to go.`,
      ),
    );
  }
  const table = reviewsCsv(reviews);
  staged.add(WRITTEN_TABLE, table);
  staged.add(REVIEWS_FILE, table);
  return notes;
}

/** So many rows are named in a note. */
const NAMED = 5;

/** Keeps a former table under a name that no other one has, and gives that name. */
function keepTable(
  {
    out,
    staged,
    used,
    when,
  }: { out: string; staged: StagedFiles; used: Set<string>; when: string },
  table: Uint8Array,
): string {
  const stem = `reviews-before-${when.replaceAll(/[^\dA-Za-z]+/gu, '-')}`;
  for (let number = 1; ; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}.csv`;
    const path = join(out, name);
    if (used.has(name)) continue;
    if (existsSync(path)) {
      if (sha256Hex(readFileSync(path)) === sha256Hex(table)) return name;
      continue;
    }
    used.add(name);
    staged.add(name, table);
    return name;
  }
}

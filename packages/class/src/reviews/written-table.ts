import { LabproofError } from '@labproof/core';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '@labproof/lab';
import { rowsFromCsv } from './read-reviews.ts';
import { identityOf, type RawRow } from './review-fields.ts';
import { reviewKey } from './review-rows.ts';

/** The table of reviews as the last grading wrote it, whatever became of the one that people fill in. */
export const WRITTEN_TABLE = '.grading/reviews.csv';

/** Rows that are gone from the table in a folder of results, with the points that stood in them. */
export interface GoneRows {
  /** Whom and what they are about: `amy:q1`. */
  readonly rows: readonly string[];
  /** The table in which they stood. */
  readonly table: Uint8Array;
}

/**
 * Rows with points that the last grading wrote and that are in neither table now: deleted with others, filtered away by a
 * spreadsheet, or gone with the whole file. A row without points is none: that takes them back. `null` where nothing is gone.
 */
export function goneRows(out: string, lab: Lab, tables: readonly string[]): GoneRows | null {
  const path = join(out, WRITTEN_TABLE);
  if (!existsSync(path)) return null;
  // It is Labproof's own: where it is damaged, nobody knows what is gone.
  const written = rowsIn(path);
  const keyOf = (row: RawRow): string => {
    const { student, question, asked } = identityOf(row, lab);
    return reviewKey(student.toLowerCase(), question?.id ?? asked);
  };
  const there = new Set(
    tables.flatMap((table) => (/\.json$/iu.test(table) ? [] : rowsFromCsv(table))).map(keyOf),
  );
  const rows = written.filter((row) => row['points'] !== '' && !there.has(keyOf(row)));
  return rows.length === 0
    ? null
    : {
        rows: rows.map((row) => row['row'] ?? ''),
        table: new Uint8Array(readFileSync(path)),
      };
}

function rowsIn(path: string): readonly RawRow[] {
  try {
    return rowsFromCsv(path);
  } catch (error) {
    if (error instanceof LabproofError) return [];
    throw error;
  }
}

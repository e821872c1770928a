import type { Lab } from '@labproof/lab';
import { identityOf, type RawRow } from './review-fields.ts';

/** What becomes of rows of the folder's table that are about one student and question. */
export interface SecondRows {
  /** Rows in which nobody has put anything, beside one in which somebody has. */
  readonly empty: ReadonlySet<RawRow>;
  /** Rows that do not count beside another one, and are kept. */
  readonly outdone: ReadonlySet<RawRow>;
}

/**
 * A kept row fits again beside the row of today where a question is worth as much as before, a student is back, or somebody
 * corrected whom it is about. Then the one with points counts. Where both have some, today's counts, and the other is kept.
 */
export function secondRows(rows: readonly RawRow[], lab: Lab): SecondRows {
  const empty = new Set<RawRow>();
  const outdone = new Set<RawRow>();
  const groups = new Map<string, RawRow[]>();
  for (const row of rows) {
    const { student, question, asked, problem } = identityOf(row, lab);
    if (problem !== null) continue;
    const key = `${student.toLowerCase()}:${question?.id ?? asked}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  for (const group of groups.values()) {
    const held = group.filter(holdsInput);
    if (group.length === 1) continue;
    for (const row of group) if (!held.includes(row) && held.length > 0) empty.add(row);
    const [counts, ...others] = inOrder(held);
    // Two rows of today with points: nobody can tell which, and the reader of the table says so.
    if (counts === undefined || others.some((row) => !isKept(row) && hasPoints(row))) continue;
    for (const row of others) outdone.add(row);
  }
  return { empty, outdone };
}

/** Rows with points before rows with words alone, and rows of today before kept ones. */
function inOrder(rows: readonly RawRow[]): RawRow[] {
  const rank = (row: RawRow): number => (hasPoints(row) ? 0 : 2) + (isKept(row) ? 1 : 0);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether a person has put something into a row that must not be lost. */
export function holdsInput(row: RawRow): boolean {
  return hasPoints(row) || (row['comment'] ?? '') !== '';
}

function hasPoints(row: RawRow): boolean {
  return (row['points'] ?? '') !== '' || (row['former_points'] ?? '') !== '';
}

export function isKept(row: RawRow): boolean {
  return row['state'] === 'kept';
}

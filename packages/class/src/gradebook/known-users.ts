import type { CsvTable } from '../tables/csv-table.ts';
import { formatDecimal, formatPlural } from '@labproof/submission';
import { csvCell, csvText } from '../tables/csv-cell.ts';
import { studentId } from '../hand-ins/student-id.ts';
import { platformNumber } from '../hand-ins/platform-number.ts';
import { namesAgree } from '../roster/names-agree.ts';
import { type GradebookEntry, named } from './gradebook-entry.ts';

/** A row of a platform's own table, and the grade that belongs to it. */
export interface MatchedRow {
  readonly row: readonly string[];
  readonly entry: GradebookEntry;
}

/**
 * Finds each grade's row in a platform's table by the given columns, in the order of the table. Everything that does
 * not fit exactly one row is a reason to stop: a platform would make up, mix up or turn away a user.
 */
export function matchUsers(
  entries: readonly GradebookEntry[],
  table: CsvTable,
  columns: readonly number[],
): { readonly matched: readonly MatchedRow[]; readonly stops: readonly string[] } {
  const unknown: string[] = [];
  const several: string[] = [];
  const byRow = new Map<readonly string[], GradebookEntry[]>();
  for (const entry of entries) {
    const rows = table.rows.filter((row) => fits(row, entry, table.header, columns));
    const [row] = rows;
    if (row === undefined) unknown.push(entry.id);
    else if (rows.length > 1) several.push(entry.id);
    else byRow.set(row, [...(byRow.get(row) ?? []), entry]);
  }
  const shared = [...byRow.values()].filter((found) => found.length > 1);
  const stops = [
    ...(unknown.length === 0
      ? []
      : [
          `${named(unknown)}: no such user in the platform's table, by ${columns.length === 0 ? 'the number of its download' : columns.map((column) => `"${table.header[column]?.trim()}"`).join(', ')}. Grade again with a --roster whose ids are those of the platform.`,
        ]),
    ...(several.length === 0 ? [] : [`${named(several)}: more than one user fits.`]),
    ...shared.map(
      (found) => `${named(found.map(({ id }) => id))}: the same user of the platform fits each.`,
    ),
  ];
  const matched = table.rows.flatMap((row): MatchedRow[] => {
    const [entry] = byRow.get(row) ?? [];
    return entry === undefined ? [] : [{ row, entry }];
  });
  return { matched, stops };
}

/**
 * Moodle's participant number stands in `Identifier` alone, Canvas's user number in `ID`: where the download said it, it
 * decides. Else an id of the class list has to stand in one of the columns, or of a platform's number the name to fit.
 */
function fits(
  row: readonly string[],
  { grade }: GradebookEntry,
  header: readonly string[],
  columns: readonly number[],
): boolean {
  const kind = grade.handIn?.idKind;
  const id = grade.student.toLowerCase();
  const cellOf = (name: string): string =>
    (row[header.findIndex((cell) => cell.trim().toLowerCase() === name)] ?? '').trim();
  const number = platformNumber(grade);
  if (number !== null) {
    const own = number.of === 'moodle' ? cellOf('identifier').replace(/^\D*/u, '') : cellOf('id');
    if (own !== '') return own === number.number;
    if (kind === 'participant' || kind === 'canvas-user') {
      return namesAgree(grade.name ?? '', nameOf(cellOf));
    }
  }
  return columns.some((column) => studentId(row[column]?.trim() ?? '').toLowerCase() === id);
}

function nameOf(cellOf: (name: string) => string): string {
  const whole = ['full name', 'student', 'name'].map(cellOf).find((cell) => cell !== '');
  if (whole !== undefined) return whole;
  return [cellOf('first name'), cellOf('last name') || cellOf('surname')].join(' ');
}

/** Whether a key could not go into a CSV unchanged, because a spreadsheet would run it. */
export function isUnsafeKey(key: string): boolean {
  return csvCell(key).replace(/^"/u, '').startsWith("'");
}

/** Rows that can go into a file, and those whose keys could not without being changed. */
export interface SafeRows<Row> {
  readonly safe: readonly Row[];
  readonly leftOut: readonly LeftOut[];
}

/** A grade that is in no file, and why: somebody has to enter it. */
export interface LeftOut {
  readonly entry: GradebookEntry;
  /** The id that a spreadsheet would run. */
  readonly key: string;
}

/**
 * Parts rows whose keys begin like a formula from the others. Made safe, a platform would not know such a user, and as it is a
 * spreadsheet would run it; so this one grade is entered by hand, and the others go.
 */
export function safeRows<Row>(
  rows: readonly Row[],
  entryOf: (row: Row) => GradebookEntry,
  keysOf: (row: Row) => readonly string[],
): SafeRows<Row> {
  const safe: Row[] = [];
  const leftOut: LeftOut[] = [];
  for (const row of rows) {
    const key = keysOf(row).find((one) => isUnsafeKey(one));
    if (key === undefined) safe.push(row);
    else leftOut.push({ entry: entryOf(row), key });
  }
  return { safe, leftOut };
}

/** What to do about a grade that is in no file. */
export function leftOutText({ entry: { grade, points }, key }: LeftOut): string {
  const who = grade.name === null ? '' : ` (${csvText(grade.name)})`;
  return `${csvText(key)}${who} is left out: the id begins like a formula, so a spreadsheet would run it, and made safe the platform would not know it. Enter this grade by hand: ${formatDecimal(points)} of ${formatPlural(grade.max, 'point')}.`;
}

import type { CsvTable } from '../tables/csv-table.ts';
import { csvCell } from '../tables/csv-cell.ts';
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

/** Keys that could not go into a CSV unchanged, because a spreadsheet would run them. */
export function unsafeKeys(keys: readonly string[]): string[] {
  const unsafe = keys.filter((key) => csvCell(key).replace(/^"/u, '').startsWith("'"));
  return unsafe.length === 0
    ? []
    : [
        unsafe.length === 1
          ? `The id ${named(unsafe)} begins like a formula: a spreadsheet would run it, and made safe the platform would not know it. Enter this grade by hand.`
          : `The ids ${named(unsafe)} begin like formulas: a spreadsheet would run them, and made safe the platform would not know them. Enter these grades by hand.`,
      ];
}

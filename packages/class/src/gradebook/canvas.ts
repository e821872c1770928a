import { closestName } from '@labproof/core';
import { csvRow, csvText } from '../tables/csv-cell.ts';
import type { CsvTable } from '../tables/csv-table.ts';
import { formatDecimal, typedNumber } from '@labproof/submission';
import { type GradebookEntry, type Preflight, named } from './gradebook-entry.ts';
import { type LeftOut, matchUsers, safeRows } from './known-users.ts';

/** The columns by which Canvas knows a student, as its gradebook export writes them. */
const IDENTITY = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'] as const;
const KEYS: ReadonlySet<string> = new Set(['ID', 'SIS User ID', 'SIS Login ID']);
/** Canvas writes an assignment as its title and its number. */
const ASSIGNMENT = /\(\d+\)$/u;
const TEST_STUDENT = /^(?:student, test|test student)$/iu;
const POINTS_POSSIBLE = /^points possible$/iu;

/**
 * The part of a Canvas gradebook that an upload needs: the columns of identity and one assignment, the row of points
 * possible, and the students who have a grade. Students without one get no row, so nothing of theirs is overwritten.
 * A title that Canvas does not find makes a new assignment, so it is never written.
 */
export function canvasCsv(
  entries: readonly GradebookEntry[],
  gradebook: CsvTable,
  wanted: string | null,
): { readonly content: string; readonly leftOut: readonly LeftOut[] } & Preflight {
  const header = gradebook.header.map((cell) => cell.trim());
  const identity = IDENTITY.map((name) => header.indexOf(name)).filter((column) => column >= 0);
  const keys = header.flatMap((name, column) => (KEYS.has(name) ? [column] : []));
  const absent = ['Student', 'ID', 'Section'].filter((name) => !header.includes(name));
  const stops: string[] = [];
  const notes: string[] = [];
  if (absent.length > 0) {
    stops.push(
      `This is no gradebook of Canvas: it has no column ${absent.join(', ')}, but ${header.map((name) => `"${csvText(name)}"`).join(', ')}. Export it from Grades, "Export Entire Gradebook", and upload what Canvas wrote: it takes a table back under its own names only.`,
    );
    return { content: '', leftOut: [], stops, notes };
  }
  const { column, stop } = assignmentColumn(header, wanted);
  if (stop !== null) stops.push(stop);
  const { matched, stops: unmatched } = matchUsers(
    entries,
    { header: gradebook.header, rows: gradebook.rows.filter((row) => isStudent(row, header)) },
    keys,
  );
  stops.push(...unmatched);
  const { safe, leftOut } = safeRows(
    matched,
    ({ entry }) => entry,
    ({ row }) => keys.map((key) => row[key] ?? ''),
  );

  const possible = gradebook.rows.find(isPossible);
  const [first] = entries;
  // A gradebook with semicolons writes "4,5"; what is written here has commas between its cells.
  const written = (possible?.[column] ?? '').trim();
  const most = typedNumber(written);
  const stated = most === null ? written : formatDecimal(most);
  if (first !== undefined && stated !== '' && most !== first.grade.max) {
    notes.push(
      `Canvas has ${stated} points for "${header[column]}", and the lab has ${formatDecimal(first.grade.max)}: points are exported as they are.`,
    );
  }
  const others = gradebook.rows.filter(
    (row) => isStudent(row, header) && !matched.some((match) => match.row === row),
  );
  if (others.length > 0) {
    const names = others.map((row) => csvText(row[header.indexOf('Student')] ?? ''));
    notes.push(`No grade for ${named(names, '; ')}: no row, and Canvas keeps what it has.`);
  }
  const cells = (row: readonly string[]): string[] =>
    identity.map((position) => csvText(row[position] ?? ''));
  const rows = [
    [...identity.map((position) => header[position] ?? ''), header[column] ?? ''],
    ...(possible === undefined ? [] : [[...cells(possible), stated]]),
    ...safe.map(({ row, entry }) => [...cells(row), formatDecimal(entry.points)]),
  ];
  return { content: rows.map(csvRow).join(''), leftOut, stops, notes };
}

function isPossible(row: readonly string[]): boolean {
  return POINTS_POSSIBLE.test(row[0]?.trim() ?? '');
}

/** Above the students Canvas has rows of its own, how assignments are posted and their points, and below a test student. */
function isStudent(row: readonly string[], header: readonly string[]): boolean {
  const [student, id] = ['Student', 'ID'].map((name) => (row[header.indexOf(name)] ?? '').trim());
  return !isPossible(row) && id !== '' && !TEST_STUDENT.test(student ?? '');
}

/** The assignment's column: as named, with or without its number, or the only one that there is. */
function assignmentColumn(
  header: readonly string[],
  wanted: string | null,
): { readonly column: number; readonly stop: string | null } {
  const titles = header.filter((name) => ASSIGNMENT.test(name));
  const found = header.flatMap((name, column) =>
    ASSIGNMENT.test(name) &&
    (wanted === null || name === wanted || name.replace(ASSIGNMENT, '').trim() === wanted.trim())
      ? [column]
      : [],
  );
  const [column = -1] = found;
  if (found.length === 1) return { column, stop: null };
  const list = titles.length === 0 ? 'It has none.' : `It has: ${titles.join(', ')}.`;
  if (wanted === null) {
    return {
      column,
      stop: `Say with --column which assignment of the gradebook is meant. ${list}`,
    };
  }
  if (found.length > 1) {
    return {
      column,
      stop: `Several assignments are called "${wanted}": name one with its number. ${list}`,
    };
  }
  const bare = titles.map((title) => title.replace(ASSIGNMENT, '').trim());
  const close = closestName(wanted, bare);
  const meant = close === null ? closestName(wanted, titles) : titles[bare.indexOf(close)];
  return {
    column,
    stop: `The gradebook has no assignment "${wanted}", and Canvas would make a new one. ${meant === null || meant === undefined ? '' : `Did you mean "${meant}"? `}${list}`,
  };
}

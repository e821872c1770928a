import { closestName } from '@labproof/core';
import { csvRow, csvText } from '../tables/csv-cell.ts';
import type { CsvTable } from '../tables/csv-table.ts';
import type { RosterEntry } from '../roster/roster.ts';
import { formatDecimal } from '@labproof/submission';
import { type GradebookEntry, type Preflight, named } from './gradebook-entry.ts';
import { type LeftOut, matchUsers, safeRows } from './known-users.ts';
import { NAME_THE_COLUMNS, englishHeader, isForeignWorksheet } from '../tables/column-names.ts';
import { moodleWorksheet } from './moodle-worksheet.ts';
import { platformTable } from '../tables/platform-table.ts';

/** What Moodle's import can tell users by, and what its own tables call it. */
export const MOODLE_KEYS = {
  username: ['username'],
  useremail: ['email address', 'email'],
  useridnumber: ['id number', 'idnumber', 'student id'],
  userid: ['user id', 'userid', 'id'],
} as const;
export type MoodleKey = keyof typeof MOODLE_KEYS;

/**
 * A CSV for Moodle's gradebook (Grades, Import, CSV file): a user key and one grade item. One unknown user makes
 * Moodle turn away the whole file, so everybody is looked up first, in a grade export of Moodle or in the roster.
 */
export function moodleCsv(
  entries: readonly GradebookEntry[],
  known: { readonly gradebook: CsvTable | null; readonly roster: readonly RosterEntry[] | null },
  options: { readonly key: MoodleKey; readonly column: string | null; readonly title: string },
): { readonly content: string; readonly leftOut: readonly LeftOut[] } & Preflight {
  const { key, column, title } = options;
  if (known.gradebook !== null && platformTable(known.gradebook) === 'moodle') {
    return { ...moodleWorksheet(entries, known.gradebook), leftOut: [] };
  }
  if (
    known.gradebook !== null &&
    isForeignWorksheet(known.gradebook.header, known.gradebook.rows)
  ) {
    return { content: '', leftOut: [], stops: [NAME_THE_COLUMNS], notes: [] };
  }
  const table = known.gradebook ?? tableOfRoster(known.roster, key);
  if (table === null) {
    return {
      content: '',
      leftOut: [],
      stops: [
        'Moodle turns away a whole file for one user that it does not know: give a grade export of Moodle with --gradebook, or the class with --roster.',
      ],
      notes: [],
    };
  }
  const header = table.header.map((cell) => cell.trim());
  const plain = englishHeader(table.header, table.rows);
  const columnsOf = (name: MoodleKey): number[] =>
    plain.flatMap((cell, at) => (MOODLE_KEYS[name].some((alias) => alias === cell) ? [at] : []));
  const [keyColumn] = columnsOf(key);
  if (keyColumn === undefined) {
    const there = Object.keys(MOODLE_KEYS).filter(
      (name) => columnsOf(name as MoodleKey).length > 0,
    );
    return {
      content: '',
      leftOut: [],
      stops: [
        `The gradebook has no column for --key ${key} (${MOODLE_KEYS[key].join(', ')}); its columns are ${header.map((name) => `"${name}"`).join(', ')}. ${there.length === 0 ? 'It has none of the keys.' : `It could be: ${there.join(', ')}.`}`,
      ],
      notes: [],
    };
  }
  const anyKey = Object.keys(MOODLE_KEYS).flatMap((name) => columnsOf(name as MoodleKey));
  const { matched, stops: unmatched } = matchUsers(
    entries,
    { header: plain, rows: table.rows },
    anyKey,
  );
  const keyOf = (row: readonly string[]): string => (row[keyColumn] ?? '').trim();
  const { safe, leftOut } = safeRows(
    matched,
    ({ entry }) => entry,
    ({ row }) => [keyOf(row)],
  );
  const empty = matched.filter(({ row }) => keyOf(row) === '');
  const stops = [
    ...unmatched,
    ...(empty.length === 0
      ? []
      : [`${named(empty.map(({ entry }) => entry.id))}: the column ${key} is empty.`]),
    ...itemProblem(column, known.gradebook === null ? null : header),
  ];
  const item = column ?? title;
  const rows = [
    [key, csvText(item)],
    ...safe.map(({ row, entry }) => [keyOf(row), formatDecimal(entry.points)]),
  ];
  return {
    content: rows.map(csvRow).join(''),
    leftOut,
    stops,
    notes: [
      `In Moodle's import choose "${key}" to map users by, and for "${item}" an item that is there; "new grade item" makes another column.`,
    ],
  };
}

/** A column that was named has to be there; Moodle adds "(Real)" and the like to an item's name. */
function itemProblem(column: string | null, header: readonly string[] | null): string[] {
  if (column === null || header === null || header.includes(column)) return [];
  const meant = closestName(column, header);
  return [
    `The gradebook has no column "${column}". ${meant === null ? `It has: ${header.join(', ')}.` : `Did you mean "${meant}"?`}`,
  ];
}

function tableOfRoster(roster: readonly RosterEntry[] | null, key: MoodleKey): CsvTable | null {
  if (roster === null) return null;
  return { header: [MOODLE_KEYS[key][0]], rows: roster.map(({ student, id }) => [id ?? student]) };
}

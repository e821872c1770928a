import { NAME_THE_COLUMNS, englishHeader, isForeignWorksheet } from '../tables/column-names.ts';
import { platformTable } from '../tables/platform-table.ts';
import { assertNoProblems, readCsvTable } from '../tables/csv-table.ts';
import { parseInstant } from '../tables/instant.ts';
import { studentId } from '../hand-ins/student-id.ts';

/** A student of the class. */
export interface RosterEntry {
  /** Safe as the name of a folder. */
  readonly student: string;
  /** The id as the list writes it, where that is another: what platforms know the student by. */
  readonly id?: string;
  readonly name: string | null;
  readonly email?: string;
  /** Moodle's participant number, where the list is Moodle's grading worksheet. */
  readonly participant?: string;
  /** Canvas's own number, where the list is a gradebook of Canvas. */
  readonly canvasUser?: string;
  readonly githubUser?: string;
  /** When this student handed in, as written; `null` where the list does not say. */
  readonly submitted?: string;
  /** An extension for this student, as written. */
  readonly due?: string;
}

const ID_COLUMNS = [
  'student id',
  'student_id',
  'studentid',
  'student number',
  'username',
  'login',
  'netid',
  'sis login id',
  'sis user id',
  'sid',
  'id number',
  'idnumber',
  'id',
  'student',
  'email address',
  'email',
];
const EMAIL_COLUMNS = ['email address', 'email', 'e-mail'];
const FIRST_NAME_COLUMNS = ['first name', 'firstname', 'given name'];
const LAST_NAME_COLUMNS = ['last name', 'lastname', 'surname', 'family name'];
const GITHUB_COLUMNS = ['github', 'github username', 'github_username', 'github user'];
/** Moodle's grading worksheet has "Participant 101" in its first column. */
const PARTICIPANT_COLUMNS = ['identifier'];
const PARTICIPANT = /^\D*(?<number>\d+)$/u;
/**
 * What the platforms' own tables tell students by, the best first: the first that every student has. Canvas's tables have
 * the columns of a university's numbers whether these are kept there or not.
 */
const PLATFORM_IDS = {
  canvas: ['sis login id', 'sis user id', 'id'],
  moodle: ['username', 'id number', 'email address', 'identifier'],
} as const;
/** Rows of a gradebook of Canvas that are nobody. */
const NOBODY = /^(?:points possible|student, test|test student)$/iu;
const NAME_COLUMNS = ['name', 'full name', 'fullname', 'student name', 'display name', 'student'];
const SUBMITTED_COLUMNS = [
  'submitted',
  'submitted at',
  'submitted_at',
  'submission time',
  'submission_time',
  'timestamp',
  'last modified (submission)',
];
const DUE_COLUMNS = ['due', 'due at', 'due_at', 'extension', 'extended until'];

/**
 * Reads the class list: a CSV with a column of ids (`student`, `student id`, `username`, …) and one of names, or of first
 * and last names; Moodle's grading worksheet and the gradebooks of Canvas and Gradescope are such lists as they are. Where times are wanted also when each handed in (`submitted`) and until when each had time (`due`); one without an
 * offset from UTC has `times.offset`. Throws one instructor's error that lists every problem.
 */
export function readRoster(
  path: string,
  times: { readonly offset: string | null } | null = null,
): readonly RosterEntry[] {
  const table = readCsvTable(path);
  const platform = platformTable(table);
  const header = platform === 'canvas' ? table.header : englishHeader(table.header, table.rows);
  // Canvas has rows of its own above the students: how assignments are posted, and their points.
  const rows = table.rows.filter(
    (row) => platform !== 'canvas' || (row[header.indexOf('id')] ?? '') !== '',
  );
  // Canvas's test student has no number of a university.
  const people = rows.filter((row) => !row.some((cell) => NOBODY.test(cell)));
  const idColumn =
    (platform === null ? undefined : filledColumn(PLATFORM_IDS[platform], header, people)) ??
    firstOf(ID_COLUMNS, header);
  const nameColumn = firstOf(
    NAME_COLUMNS,
    header.map((cell, index) => (index === idColumn ? '' : cell)),
  );
  const others = {
    email: firstOf(EMAIL_COLUMNS, header),
    participant: firstOf(PARTICIPANT_COLUMNS, header),
    githubUser: firstOf(GITHUB_COLUMNS, header),
    canvasUser: header.some((cell) => /^sis (?:login|user) id$/u.test(cell))
      ? header.indexOf('id')
      : -1,
  };
  const [first, last] = [FIRST_NAME_COLUMNS, LAST_NAME_COLUMNS].map((names) =>
    firstOf(names, header),
  );
  const nameIn = (row: readonly string[]): string =>
    row[nameColumn] ?? [row[first ?? -1], row[last ?? -1]].filter(Boolean).join(' ');
  const [submittedColumn, dueColumn] = [
    firstOf(SUBMITTED_COLUMNS, header),
    firstOf(DUE_COLUMNS, header),
  ];
  assertNoProblems(
    path,
    'roster-invalid',
    isForeignWorksheet(table.header, table.rows)
      ? [NAME_THE_COLUMNS.replace(/\.$/u, '')]
      : idColumn < 0
        ? [
            `no column is known as that of the ids: there ${table.header.length === 1 ? 'is' : 'are'} ${table.header.map((name) => `"${name}"`).join(', ')}. Call it "id"; also read are ${ID_COLUMNS.filter((name) => name !== 'id').join(', ')}`,
          ]
        : [],
  );
  const entries = new Map<string, RosterEntry>();
  const problems: string[] = [];
  const timeIn = (row: readonly string[], column: number, index: number): string | undefined => {
    const written = row[column] ?? '';
    if (times === null || written === '' || written === '-') return undefined;
    if (parseInstant(written, times.offset) === null) {
      problems.push(
        `row ${index + 2}: "${written}" is not a time like 2026-11-20T23:59+01:00 (with its offset from UTC)`,
      );
    }
    return written;
  };
  for (const row of rows) {
    const index = table.rows.indexOf(row);
    const written = idIn(row, idColumn, others.participant);
    const student = studentId(written);
    const name = nameIn(row);
    if (NOBODY.test(name)) continue;
    const submitted = timeIn(row, submittedColumn, index);
    const due = timeIn(row, dueColumn, index);
    if (student === '') problems.push(`row ${index + 2} has no student id`);
    else if (entries.has(student))
      problems.push(`row ${index + 2} names "${written}" a second time`);
    else {
      entries.set(student, {
        student,
        ...(written === student ? {} : { id: written }),
        name: name === '' ? null : name,
        ...otherIds(row, others),
        ...(submitted === undefined ? {} : { submitted }),
        ...(due === undefined ? {} : { due }),
      });
    }
  }
  assertNoProblems(path, 'roster-invalid', problems);
  return [...entries.values()];
}

function otherIds(
  row: readonly string[],
  columns: Readonly<Record<'email' | 'participant' | 'githubUser' | 'canvasUser', number>>,
): Partial<RosterEntry> {
  const found: [string, string][] = [];
  for (const [name, column] of Object.entries(columns)) {
    const cell = row[column] ?? '';
    const id = name === 'participant' ? (PARTICIPANT.exec(cell)?.groups?.['number'] ?? '') : cell;
    if (id !== '') found.push([name, id]);
  }
  return Object.fromEntries(found);
}

/** The first of some columns in which no row is empty. */
function filledColumn(
  names: readonly string[],
  header: readonly string[],
  rows: readonly (readonly string[])[],
): number | undefined {
  return names
    .map((name) => header.indexOf(name))
    .find((column) => column >= 0 && rows.every((row) => (row[column] ?? '') !== ''));
}

/** The id as it is written; of a participant of Moodle the number, as the names of its downloads have it. */
function idIn(row: readonly string[], column: number, participant: number): string {
  const cell = row[column] ?? '';
  return column === participant ? (PARTICIPANT.exec(cell)?.groups?.['number'] ?? cell) : cell;
}

function firstOf(names: readonly string[], header: readonly string[]): number {
  const name = names.find((candidate) => header.includes(candidate));
  return name === undefined ? -1 : header.indexOf(name);
}

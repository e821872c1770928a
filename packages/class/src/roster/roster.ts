import { assertNoProblems, readCsvTable } from '../tables/csv-table.ts';
import { parseInstant } from '../lateness/instant.ts';
import { studentId } from '../hand-ins/student-id.ts';

/** A student of the class. */
export interface RosterEntry {
  readonly student: string;
  readonly name: string | null;
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
  'id',
  'student',
];
const NAME_COLUMNS = ['name', 'full name', 'student name', 'display name', 'student'];
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
 * Reads the class list: a CSV with a column of ids (`student`, `student id`, `username`, …) and one of names;
 * where times are wanted also when each handed in (`submitted`) and until when each had time (`due`); one without an
 * offset from UTC has `times.offset`. Throws one instructor's error that lists every problem.
 */
export function readRoster(
  path: string,
  times: { readonly offset: string | null } | null = null,
): readonly RosterEntry[] {
  const { header, rows } = readCsvTable(path);
  const idColumn = firstOf(ID_COLUMNS, header);
  const nameColumn = firstOf(
    NAME_COLUMNS,
    header.map((cell, index) => (index === idColumn ? '' : cell)),
  );
  const [submittedColumn, dueColumn] = [
    firstOf(SUBMITTED_COLUMNS, header),
    firstOf(DUE_COLUMNS, header),
  ];
  assertNoProblems(
    path,
    'roster-invalid',
    idColumn < 0 ? [`no column is called one of ${ID_COLUMNS.join(', ')}`] : [],
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
  for (const [index, row] of rows.entries()) {
    const written = row[idColumn] ?? '';
    const student = studentId(written);
    const name = row[nameColumn] ?? '';
    const submitted = timeIn(row, submittedColumn, index);
    const due = timeIn(row, dueColumn, index);
    if (student === '') problems.push(`row ${index + 2} has no student id`);
    else if (entries.has(student))
      problems.push(`row ${index + 2} names "${written}" a second time`);
    else {
      entries.set(student, {
        student,
        name: name === '' ? null : name,
        ...(submitted === undefined ? {} : { submitted }),
        ...(due === undefined ? {} : { due }),
      });
    }
  }
  assertNoProblems(path, 'roster-invalid', problems);
  return [...entries.values()];
}

function firstOf(names: readonly string[], header: readonly string[]): number {
  const name = names.find((candidate) => header.includes(candidate));
  return name === undefined ? -1 : header.indexOf(name);
}

import { assertNoProblems, readCsvTable } from './csv-table.ts';
import { studentId } from './student-id.ts';

/** A student of the class. */
export interface RosterEntry {
  readonly student: string;
  readonly name: string | null;
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

/**
 * Reads the class list: a CSV with a column of ids (`student`, `student id`, `username`, …) and one of names.
 * Throws one instructor's error that lists every problem.
 */
export function readRoster(path: string): readonly RosterEntry[] {
  const { header, rows } = readCsvTable(path);
  const idColumn = firstOf(ID_COLUMNS, header);
  const nameColumn = firstOf(
    NAME_COLUMNS,
    header.map((cell, index) => (index === idColumn ? '' : cell)),
  );
  assertNoProblems(
    path,
    'roster-invalid',
    idColumn < 0 ? [`no column is called one of ${ID_COLUMNS.join(', ')}`] : [],
  );
  const entries = new Map<string, RosterEntry>();
  const problems: string[] = [];
  for (const [index, row] of rows.entries()) {
    const written = row[idColumn] ?? '';
    const student = studentId(written);
    const name = row[nameColumn] ?? '';
    if (student === '') problems.push(`row ${index + 2} has no student id`);
    else if (entries.has(student))
      problems.push(`row ${index + 2} names "${written}" a second time`);
    else entries.set(student, { student, name: name === '' ? null : name });
  }
  assertNoProblems(path, 'roster-invalid', problems);
  return [...entries.values()];
}

function firstOf(names: readonly string[], header: readonly string[]): number {
  const name = names.find((candidate) => header.includes(candidate));
  return name === undefined ? -1 : header.indexOf(name);
}

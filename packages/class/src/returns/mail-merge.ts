import { formatDecimal } from '@labproof/submission';
import type { Grade } from '@labproof/grader';
import type { RosterEntry } from '../roster/roster.ts';
import { isUnsafeKey } from '../gradebook/known-users.ts';
import { csvRow, csvText } from '../tables/csv-cell.ts';

const HEADER = [
  'student',
  'name',
  'email',
  'score',
  'waits',
  'max',
  'subject',
  'message',
  'report',
];

/**
 * A row a student for a program that sends letters: whom to write, about what, and where message and report lie, seen
 * from the table. An address stands there only where the class list has one that no spreadsheet would run.
 */
export function mailMergeCsv(
  grades: readonly Grade[],
  roster: readonly RosterEntry[] | null,
  report: 'report.pdf' | 'report.html',
): string {
  const rows = grades.map(({ student, name, score, pending, max, lab }) => {
    const entry = roster?.find((one) => one.student.toLowerCase() === student.toLowerCase());
    return [
      csvText(entry?.id ?? student),
      csvText(name ?? entry?.name ?? ''),
      csvText(writableEmail(entry) ?? ''),
      score === null ? '' : formatDecimal(score),
      formatDecimal(pending),
      formatDecimal(max),
      csvText(`${lab.title}: your report`),
      `${folderOf(student)}/message.txt`,
      `${folderOf(student)}/${report}`,
    ];
  });
  return [HEADER, ...rows].map(csvRow).join('');
}

/** A way to a student's folder that is no formula. */
function folderOf(student: string): string {
  return isUnsafeKey(student) ? `./${student}` : student;
}

function writableEmail(entry: RosterEntry | undefined): string | undefined {
  return entry?.email === undefined || isUnsafeKey(entry.email) ? undefined : entry.email;
}

/** Whose address cannot stand in the table as it is: with an apostrophe before it no letter would arrive. */
export function unwritableEmails(
  students: readonly string[],
  roster: readonly RosterEntry[] | null,
): string[] {
  const going = new Set(students.map((student) => student.toLowerCase()));
  const unsafe = (roster ?? []).filter(
    ({ student, email }) =>
      going.has(student.toLowerCase()) && email !== undefined && isUnsafeKey(email),
  );
  return unsafe.map(
    ({ student, id, email = '' }) =>
      `${csvText(id ?? student)}: the address ${csvText(email)} begins like a formula, which a spreadsheet would run, so it is left empty in mail-merge.csv. Write to this student yourself.`,
  );
}

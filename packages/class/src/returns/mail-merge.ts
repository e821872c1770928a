import { formatDecimal } from '@labproof/submission';
import type { Grade } from '@labproof/grader';
import type { RosterEntry } from '../roster/roster.ts';
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
 * from the table. An address stands there only where the class list has one.
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
      csvText(entry?.email ?? ''),
      score === null ? '' : formatDecimal(score),
      formatDecimal(pending),
      formatDecimal(max),
      csvText(`${lab.title}: your report`),
      `${student}/message.txt`,
      `${student}/${report}`,
    ];
  });
  return [HEADER, ...rows].map(csvRow).join('');
}

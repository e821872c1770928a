import type { Lab } from '@labproof/core';
import type { Grade } from '../grade.ts';
import { formatDecimal } from '../format.ts';
import type { RosterEntry } from './roster.ts';

/**
 * The class as CSV (RFC 4180): a row a student, a column a question; empty where no points are decided.
 * Students of the roster without a submission have the status `not-submitted`.
 */
export function gradesCsv(
  lab: Lab,
  grades: readonly Grade[],
  missing: readonly RosterEntry[],
): string {
  const header = [
    'student',
    'name',
    'status',
    'score',
    'pending',
    'max',
    ...lab.questions.map(({ id }) => id),
  ];
  const rows = grades.map((grade) => [
    grade.student,
    grade.name ?? '',
    grade.status,
    points(grade.score),
    points(grade.pending),
    points(grade.max),
    ...lab.questions.map(({ id }) =>
      points(grade.outcomes.find(({ question }) => question === id)?.points ?? null),
    ),
  ]);
  const absent = missing.map(({ student, name }) => [
    student,
    name ?? '',
    'not-submitted',
    ...header.slice(3).map(() => ''),
  ]);
  return [header, ...rows, ...absent].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function points(value: number | null): string {
  return value === null ? '' : formatDecimal(value);
}

/**
 * A CSV cell. Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, tab or carriage
 * return) gets an apostrophe in front.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

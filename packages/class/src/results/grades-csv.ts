import type { Lab } from '@labproof/lab';
import { type GradeSummary, refusalOf } from '@labproof/grader';
import { formatDecimal } from '@labproof/submission';
import { csvRow, csvText } from '../tables/csv-cell.ts';
import type { RosterEntry } from '../roster/roster.ts';

/**
 * The class as CSV (RFC 4180): a row a student, a column a question; empty where no points are decided. Where a policy
 * for late hand-ins was applied, `late_deduction` says what it took from the sum of the questions; where somebody was refused,
 * `refusal` says what could not be read (`everything`, `answers`).
 * Ids are those of the class list, as it writes them. Students of the roster without a submission have the status `not-submitted`.
 */
export function gradesCsv(
  lab: Lab,
  grades: readonly GradeSummary[],
  missing: readonly RosterEntry[],
  listedIds: ReadonlyMap<string, string> = new Map(),
): string {
  const withLateness = grades.some(({ lateness }) => lateness !== undefined);
  const withRefusal = grades.some((grade) => refusalOf(grade) !== null);
  const header = [
    'student',
    'name',
    'status',
    'score',
    'pending',
    'max',
    ...lab.questions.map(({ id }) => id),
    ...(withLateness ? ['late_deduction'] : []),
    ...(withRefusal ? ['refusal'] : []),
  ];
  const rows = grades.map((grade) => [
    csvText(listedIds.get(grade.student) ?? grade.student),
    csvText(grade.name ?? ''),
    grade.status,
    points(grade.score),
    points(grade.pending),
    points(grade.max),
    ...lab.questions.map(({ id }) =>
      points(grade.outcomes.find(({ question }) => question === id)?.points ?? null),
    ),
    ...(withLateness ? [points(grade.lateness?.deduction ?? null)] : []),
    ...(withRefusal ? [refusalOf(grade) ?? ''] : []),
  ]);
  const absent = missing.map(({ student, id, name }) => [
    csvText(id ?? student),
    csvText(name ?? ''),
    'not-submitted',
    ...header.slice(3).map(() => ''),
  ]);
  return [header, ...rows, ...absent].map(csvRow).join('');
}

function points(value: number | null): string {
  return value === null ? '' : formatDecimal(value);
}

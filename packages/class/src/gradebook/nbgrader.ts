import { csvRow, csvText } from '../tables/csv-cell.ts';
import { formatDecimal } from '@labproof/submission';
import type { GradebookEntry } from './gradebook-entry.ts';

/** The columns of `nbgrader export`, in its order. */
const HEADER = [
  'assignment',
  'duedate',
  'timestamp',
  'student_id',
  'last_name',
  'first_name',
  'email',
  'raw_score',
  'late_submission_penalty',
  'score',
  'max_score',
];

/** The grades in the form in which nbgrader exports them: score = raw_score − late_submission_penalty. */
export function nbgraderCsv(entries: readonly GradebookEntry[], assignment: string): string {
  const rows = entries.map(({ grade, points, id }) => {
    const { lateness, name, max } = grade;
    const { last, first } = partsOfName(name ?? '');
    return [
      assignment,
      // Its own exports name no time zone.
      (lateness?.due ?? '').replace(/\[.*\]$/u, ''),
      lateness?.submitted ?? '',
      id,
      last,
      first,
      /^[^@\s]+@[^@\s]+$/u.test(id) ? id : '',
      formatDecimal(lateness?.scoreBefore ?? points),
      formatDecimal(lateness?.deduction ?? 0),
      formatDecimal(points),
      formatDecimal(max),
    ].map((cell) => csvText(cell));
  });
  return [HEADER, ...rows].map(csvRow).join('');
}

/** "Doe, Jane" as it says; else the last word is taken for the last name. */
function partsOfName(name: string): { readonly last: string; readonly first: string } {
  const [before = '', after] = name.split(',', 2);
  if (after !== undefined) return { last: before.trim(), first: after.trim() };
  const words = name.trim().split(/\s+/u);
  return { last: words.at(-1) ?? '', first: words.slice(0, -1).join(' ') };
}

import { csvRow, csvText } from '../tables/csv-cell.ts';
import { formatDecimal } from '@labproof/submission';
import type { GradebookEntry } from './gradebook-entry.ts';

/** One row a student, for everything that has no format of its own. */
export function plainCsv(entries: readonly GradebookEntry[]): string {
  const rows = entries.map(({ grade, points, id }) => [
    csvText(id),
    csvText(grade.name ?? ''),
    formatDecimal(points),
    formatDecimal(grade.max),
    formatDecimal(grade.lateness?.deduction ?? 0),
    grade.status,
  ]);
  return [['student', 'name', 'score', 'max', 'late_deduction', 'status'], ...rows]
    .map(csvRow)
    .join('');
}

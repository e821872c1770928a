import { englishHeader } from './column-names.ts';
import type { CsvTable } from './csv-table.ts';

/**
 * Whether a class list is the platform's own table as well, so that grades can be looked up in it: Canvas's gradebook
 * (`Student`, `ID`, `Section`), Moodle's grading worksheet (`Identifier`, `Grade`), in any language that is known.
 */
export function platformTable(table: CsvTable): 'canvas' | 'moodle' | null {
  const header = new Set(table.header.map((cell) => cell.trim().toLowerCase()));
  if (['student', 'id', 'section'].every((name) => header.has(name))) return 'canvas';
  const english = englishHeader(table.header, table.rows);
  return ['identifier', 'grade'].every((name) => english.includes(name)) ? 'moodle' : null;
}

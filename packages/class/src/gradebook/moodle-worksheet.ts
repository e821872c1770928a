import { csvRow, csvText } from '../tables/csv-cell.ts';
import { englishHeader } from '../tables/column-names.ts';
import type { CsvTable } from '../tables/csv-table.ts';
import { formatDecimal, typedNumber } from '@labproof/submission';
import { type GradebookEntry, type Preflight, named } from './gradebook-entry.ts';
import { matchUsers } from './known-users.ts';

/** The columns without which Moodle turns a worksheet away (mod/assign/feedback/offline/importgradeslib.php). */
const NEEDED = ['Identifier', 'Grade', 'Last modified (grade)'] as const;
/**
 * Right of the time of the last grade stand the comments, under names of their plugins. Moodle writes back every one that
 * it finds there, so an older one would take the place of what somebody has written since: they stay at home.
 */
const LAST_OF_OURS = 'last modified (grade)';
/** Columns of points and times, wherever they stand. */
const KNOWN: ReadonlySet<string> = new Set([
  'grade',
  'maximum grade',
  'last modified (submission)',
  'last modified (grade)',
]);
/** By what students can be found in it, besides the participant's number, which only Moodle's own download says. */
const KEYS: readonly string[] = ['username', 'id number', 'email address'];

/**
 * An assignment's grading worksheet as it came with the grades in it, for "Upload grading worksheet": all of its columns
 * but comments, and the rows of the students who have a grade. Moodle passes without a word over a grade that is more than the most it has, so that is a reason to stop.
 */
export function moodleWorksheet(
  entries: readonly GradebookEntry[],
  worksheet: CsvTable,
): { readonly content: string } & Preflight {
  // Moodle takes it back only with the names that it wrote, whatever its language.
  const header = worksheet.header.map((cell) => cell.trim());
  const english = englishHeader(worksheet.header, worksheet.rows);
  const at = (name: string): number => english.indexOf(name.toLowerCase());
  const isEnglish = header.every((cell, index) => english[index] === cell.toLowerCase());
  const absent = NEEDED.filter((name) => at(name) < 0);
  if (absent.length > 0) {
    return {
      content: '',
      stops: [
        `The grading worksheet has no column ${absent.map((name) => `"${name}"`).join(', ')}, and Moodle turns it away without. Download it again: View all submissions, Grading action, "Download grading worksheet".`,
      ],
      notes: [],
    };
  }
  const keys = KEYS.map(at).filter((column) => column >= 0);
  const found = matchUsers(entries, { header: english, rows: worksheet.rows }, keys);
  const most = at('maximum grade');
  const over = found.matched.filter(({ row, entry }) => {
    const limit = typedNumber(row[most] ?? '') ?? Number.NaN;
    return entry.points > limit;
  });
  const [first] = found.matched;
  const stated = (first?.row[most] ?? '').trim();
  const last = at(LAST_OF_OURS);
  const isKept = (column: number): boolean => column <= last || KNOWN.has(english[column] ?? '');
  const columns = header.map((_, column) => column).filter(isKept);
  const comments = header.filter((_, column) => !isKept(column));
  const rows = [
    columns.map((column) => header[column] ?? ''),
    ...found.matched.map(({ row, entry }) =>
      columns.map((column) =>
        column === at('grade')
          ? formatDecimal(entry.points)
          : csvText(unlessDash(row[column] ?? '')),
      ),
    ),
  ];
  return {
    content: rows.map(csvRow).join(''),
    stops: [
      ...found.stops,
      ...(over.length === 0
        ? []
        : [
            `${named(over.map(({ entry }) => entry.grade.student))}: more points than the ${stated} that Moodle has for the assignment, and it would pass over them. Set the assignment's maximum grade to ${formatDecimal(first?.entry.grade.max ?? 0)}, and download the worksheet again.`,
          ]),
    ],
    notes: [
      ...(comments.length === 0
        ? []
        : [
            `${comments.map((name) => `"${name}"`).join(', ')} of the worksheet ${comments.length === 1 ? 'is' : 'are'} left out, so that Moodle keeps the comments it has.`,
          ]),
      ...(most < 0
        ? [
            `The worksheet has no column "Maximum grade" that is known here: see that Moodle has ${formatDecimal(first?.entry.grade.max ?? 0)} points for the assignment, since it passes over a grade that is more than its maximum.`,
          ]
        : []),
      ...(first === undefined || stated === '' || typedNumber(stated) === first.entry.grade.max
        ? []
        : [
            `Moodle has ${stated} points for the assignment, and the lab has ${formatDecimal(first.entry.grade.max)}: points are exported as they are.`,
          ]),
      `In Moodle: the assignment, View all submissions, Grading action, "Upload grading worksheet" (separator: comma${isEnglish ? '' : '; with Moodle in the language in which it was downloaded'}); where somebody has graded there since, it asks for "allow updating records".`,
    ],
  };
}

/** Moodle's "-" stands for nothing, and made harmless it would be a text. */
function unlessDash(cell: string): string {
  return cell.trim() === '-' ? '' : cell.trim();
}

import { csvRow, csvText } from '../tables/csv-cell.ts';
import type { CsvTable } from '../tables/csv-table.ts';
import { formatDecimal } from '@labproof/submission';
import { type GradebookEntry, type Preflight, named } from './gradebook-entry.ts';
import { matchUsers } from './known-users.ts';

/** The columns without which Moodle turns a worksheet away (mod/assign/feedback/offline/importgradeslib.php). */
const NEEDED = ['Identifier', 'Grade', 'Last modified (grade)'] as const;
/** What Moodle asks for, and the names for whoever reads it. Comments are left out, so that Moodle keeps what it has. */
const WRITTEN: readonly string[] = ['Identifier', 'Full name', ...NEEDED.slice(1)];
/** By what students can be found in it, besides the participant's number, which only Moodle's own download says. */
const KEYS: readonly string[] = ['username', 'id number', 'email address'];

/**
 * An assignment's grading worksheet with the grades in it, for "Upload grading worksheet": the rows of the students who
 * have one. Moodle passes without a word over a grade that is more than the most it has, so that is a reason to stop.
 */
export function moodleWorksheet(
  entries: readonly GradebookEntry[],
  worksheet: CsvTable,
): { readonly content: string } & Preflight {
  const header = worksheet.header.map((cell) => cell.trim());
  const at = (name: string): number =>
    header.findIndex((cell) => cell.toLowerCase() === name.toLowerCase());
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
  const found = matchUsers(entries, worksheet, keys);
  const most = at('maximum grade');
  const over = found.matched.filter(({ row, entry }) => {
    const limit = Number((row[most] ?? '').trim().replace(',', '.') || Number.NaN);
    return entry.points > limit;
  });
  const [first] = found.matched;
  const stated = (first?.row[most] ?? '').trim();
  const columns = WRITTEN.map(at).filter((column) => column >= 0);
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
      ...(first === undefined ||
      stated === '' ||
      Number(stated.replace(',', '.')) === first.entry.grade.max
        ? []
        : [
            `Moodle has ${stated} points for the assignment, and the lab has ${formatDecimal(first.entry.grade.max)}: points are exported as they are.`,
          ]),
      'In Moodle: the assignment, View all submissions, Grading action, "Upload grading worksheet" (separator: comma); where somebody has graded there since, it asks for "allow updating records".',
    ],
  };
}

/** Moodle's "-" stands for nothing, and made harmless it would be a text. */
function unlessDash(cell: string): string {
  return cell.trim() === '-' ? '' : cell.trim();
}

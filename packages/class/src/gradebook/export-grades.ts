import type { OutputFile } from '../files/write-files.ts';
import type { CsvTable } from '../tables/csv-table.ts';
import type { RosterEntry } from '../roster/roster.ts';
import { type Grade, writtenId } from '@labproof/grader';
import { canvasCsv } from './canvas.ts';
import {
  type GradebookEntry,
  type Preflight,
  type Unfinished,
  gradebookEntries,
  named,
} from './gradebook-entry.ts';
import { gradescopeResults } from './gradescope.ts';
import { junitGrades } from './junit.ts';
import { type LeftOut, isUnsafeKey, leftOutText, safeRows } from './known-users.ts';
import { type MoodleKey, moodleCsv } from './moodle.ts';
import { nbgraderCsv } from './nbgrader.ts';
import { plainCsv } from './plain-csv.ts';

export const EXPORT_FORMATS = [
  'canvas',
  'moodle',
  'gradescope',
  'nbgrader',
  'csv',
  'junit',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly grades: readonly Grade[];
  readonly roster: readonly RosterEntry[] | null;
  /** The platform's own table (`readCsvAsWritten`): Canvas's gradebook, a grade export of Moodle. */
  readonly gradebook: CsvTable | null;
  readonly unfinished: Unfinished;
  /** The assignment or grade item in the platform's table. */
  readonly column: string | null;
  readonly key: MoodleKey;
}

/** The files of an export, and what was found before. Where something stops it, there are none. */
export interface GradesExport extends Preflight {
  readonly files: readonly OutputFile[];
  /** Whose points are in them. */
  readonly entries: readonly GradebookEntry[];
  /** Who is in none of them, with what to do: the ids could not be written as they are. */
  readonly leftOut: readonly (GradebookEntry & { readonly message: string })[];
}

/** Grades as another system reads them: a function of its input, the same bytes every time. */
export function exportGrades(options: ExportOptions): GradesExport {
  const { format, grades, roster } = options;
  // Readers of JUnit and Gradescope know "no result yet", so grades that are not final need not be held back there.
  const unfinished = format === 'junit' || format === 'gradescope' ? 'as-is' : options.unfinished;
  const common = gradebookEntries({ grades, roster, unfinished });
  const own = formatted(options, common.entries);
  const out = new Set(own.leftOut.map(({ entry }) => entry));
  const entries = common.entries.filter((entry) => !out.has(entry));
  const leftOut = own.leftOut.map((one) => ({ ...one.entry, message: leftOutText(one) }));
  const stops = [...common.stops, ...own.stops];
  // A file of nobody is of no use, and the reason is told.
  if (entries.length === 0) stops.push(...leftOut.map(({ message }) => message));
  return {
    files: stops.length > 0 ? [] : own.files,
    entries,
    leftOut,
    stops,
    notes: [...common.notes, ...own.notes, ...strangers(grades, roster)],
  };
}

type Formatted = Pick<GradesExport, 'files' | 'stops' | 'notes'> & {
  readonly leftOut: readonly LeftOut[];
};

function formatted(options: ExportOptions, entries: readonly GradebookEntry[]): Formatted {
  const { format, grades, roster, gradebook, column, key } = options;
  const [first] = grades;
  const title = first?.lab.title ?? '';
  const plain = (path: string, content: string): Formatted => ({
    files: [{ path, content }],
    leftOut: [],
    stops: [],
    notes: [],
  });
  switch (format) {
    case 'canvas': {
      if (gradebook === null) {
        return {
          files: [],
          leftOut: [],
          stops: [
            'Canvas knows students and assignments by its own numbers: export its gradebook and name it with --gradebook.',
          ],
          notes: [],
        };
      }
      const { content, ...found } = canvasCsv(entries, gradebook, column);
      return { files: [{ path: 'canvas.csv', content }], ...found };
    }
    case 'moodle': {
      const { content, ...found } = moodleCsv(
        entries,
        { gradebook, roster },
        { key, column, title },
      );
      return { files: [{ path: 'moodle.csv', content }], ...found };
    }
    case 'nbgrader': {
      const { safe, leftOut } = safeRows(
        entries,
        (entry) => entry,
        ({ id }) => [id],
      );
      const content = nbgraderCsv(safe, column ?? first?.lab.id ?? '');
      return { ...plain('nbgrader.csv', content), leftOut };
    }
    case 'csv':
      return { ...plain('grades.csv', plainCsv(entries)), notes: changedIds(entries) };
    case 'junit':
      return plain('junit.xml', junitGrades(grades));
    case 'gradescope':
      return {
        files: grades.map((grade) => ({
          path: `gradescope/${grade.student}/results.json`,
          content: `${JSON.stringify(gradescopeResults(grade), null, 2)}\n`,
        })),
        leftOut: [],
        stops: [],
        notes: [],
      };
  }
}

/** A table for people keeps everybody; an id that a spreadsheet would run has an apostrophe before it there. */
function changedIds(entries: readonly GradebookEntry[]): string[] {
  const changed = entries.flatMap(({ id }) => (isUnsafeKey(id) ? [id] : []));
  if (changed.length === 0) return [];
  const [begin, stand] = changed.length === 1 ? ['begins', 'stands'] : ['begin', 'stand'];
  return [
    `${named(changed)} ${begin} like a formula and ${stand} in the table behind an apostrophe, so that no spreadsheet runs it.`,
  ];
}

function strangers(grades: readonly Grade[], roster: readonly RosterEntry[] | null): string[] {
  if (roster === null) return [];
  const known = new Set(roster.map(({ student }) => student.toLowerCase()));
  const unknown = grades.filter(({ student }) => !known.has(student.toLowerCase()));
  return unknown.length === 0 ? [] : [`${named(unknown.map(writtenId))}: not on the roster.`];
}

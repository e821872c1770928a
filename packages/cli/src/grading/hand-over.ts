import { join, resolve } from 'node:path';
import {
  CLASS_FILE,
  type ClassSettings,
  type CsvTable,
  isClassFile,
  mapPaths,
  platformTable,
  readClassFile,
  readCsvAsWritten,
  readRoster,
  type RosterEntry,
} from '@labproof/class';
import type { Grade } from '@labproof/grader';
import { cliError } from '../errors.ts';
import { classFileAt } from '../options/class-place.ts';

/** What the command line of `export` and `return` says. */
export interface HandOverFlags {
  readonly format?: NonNullable<ClassSettings['format']>;
  readonly roster?: string;
  readonly gradebook?: string;
  readonly column?: string;
  readonly key?: NonNullable<ClassSettings['key']>;
}

/** How grades or reports are handed over: by the command line, and else by what the class remembers. */
export interface HandOver {
  readonly format: NonNullable<ClassSettings['format']>;
  readonly roster: readonly RosterEntry[] | null;
  readonly gradebook: CsvTable | null;
  readonly column: string | null;
  readonly key: ClassSettings['key'];
  /** What the class's file shall remember of it, and where that is; nothing where there is no file. */
  readonly file: string | null;
  readonly news: Partial<ClassSettings>;
}

/**
 * Puts together what the command line says, what the class remembers, and what its files are: a class list that is the
 * platform's own table is the gradebook as well, and grades of a platform's download go back to that platform.
 * Throws `hand-over-format` where nobody says what to write.
 */
export function handOver(
  named: string | undefined,
  folder: string,
  flags: HandOverFlags,
  rules: ReadonlySet<string>,
): HandOver {
  const file = classFileAt(named) ?? ownFile(folder);
  const stored: Partial<ClassSettings> = file === null ? {} : readClassFile(file);
  const format = flags.format ?? stored.format ?? platformOf(rules);
  if (format === null) throw noFormat();
  // What was remembered for one platform says nothing about another.
  const same = stored.format === undefined || stored.format === format;
  const remembered = same ? stored : {};
  const rosterPath = flags.roster ?? stored.roster;
  const gradebookPath = flags.gradebook ?? remembered.gradebook;
  return {
    format,
    roster: rosterPath === undefined ? null : readRoster(rosterPath),
    gradebook:
      gradebookPath === undefined ? tableOf(rosterPath, format) : readCsvAsWritten(gradebookPath),
    column: flags.column ?? remembered.column ?? null,
    key: flags.key ?? remembered.key,
    file,
    news: file === null ? {} : newsOf(stored, flags),
  };
}

function ownFile(folder: string): string | null {
  const path = join(folder, CLASS_FILE);
  return isClassFile(path) ? path : null;
}

function tableOf(path: string | undefined, format: string): CsvTable | null {
  if (path === undefined) return null;
  const table = readCsvAsWritten(path);
  return platformTable(table) === format ? table : null;
}

/** Where the work came from, if all of it came from there. */
function platformOf(rules: ReadonlySet<string>): 'moodle' | 'canvas' | 'gradescope' | null {
  const [only, ...others] = rules;
  if (others.length > 0) return null;
  return only === 'moodle' || only === 'canvas' || only === 'gradescope' ? only : null;
}

function noFormat(): Error {
  return cliError('hand-over-format', {
    message:
      'Nothing says for which platform: the submissions do not all come from one that is known, and class.yaml has no "format".',
    fix: 'Add --format, for example --format moodle; --help lists all.',
  });
}

/** A platform's settings, the first time that they are said. A class list is none of them: grading would go by it. */
function newsOf(stored: Partial<ClassSettings>, flags: HandOverFlags): Partial<ClassSettings> {
  const { format } = flags;
  if (stored.format !== undefined || format === undefined) return {};
  if (!['moodle', 'canvas', 'gradescope', 'nbgrader'].includes(format)) return {};
  const said = {
    format,
    ...(flags.gradebook === undefined ? {} : { gradebook: flags.gradebook }),
    ...(flags.column === undefined ? {} : { column: flags.column }),
    ...(flags.key === undefined ? {} : { key: flags.key }),
  };
  return mapPaths(said, (path) => resolve(path));
}

/** The platforms that the work of a class came from; `plain` for work of none. */
export function rulesOf(grades: Iterable<Pick<Grade, 'handIn'>>): Set<string> {
  return new Set([...grades].map(({ handIn }) => handIn?.rule ?? 'plain'));
}

import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import {
  CLASS_FILE,
  type ClassField,
  type ClassSettings,
  isClassFile,
  latePolicyIn,
  latePolicyText,
  mapPaths,
  readClassFile,
  saveClassSettings,
  SECRET_VARIABLE,
} from '@labproof/class';
import type { Context } from '../program/context.ts';
import { cliError } from '../errors.ts';
import { classFileAt, classNotFound } from '../options/class-place.ts';
import type { GradeFlags } from './grade-flags.ts';
import { lateRuleUnread } from './late-rule.ts';

/** What a class is graded with this time, and what of it is to be remembered. */
export interface ClassInUse {
  readonly settings: ClassSettings;
  /** As a person would write the folder of the results. */
  readonly out: string;
  /** The file, which may not be there yet. */
  readonly file: string;
  readonly isNew: boolean;
  /** What the command line says and the file did not. */
  readonly news: Partial<ClassSettings>;
  /** Where both say something and not the same, in words. */
  readonly differences: readonly string[];
}

/**
 * Puts together what the command line says and what the file of the class remembers. What only one of the two says
 * counts. Where they differ the command line counts for a dry run, with `--once` and, remembered, with `--save`; else
 * `class-file-differs` shows both. Throws `class-not-found` and `grade-incomplete` where it cannot be told what to grade.
 */
export function classInUse(
  context: Context,
  paths: readonly string[],
  flags: GradeFlags,
  labFolders: readonly string[],
): ClassInUse {
  const { file, submissions, out } = placeOf(paths, flags);
  const isNew = !isClassFile(file);
  const stored: Partial<ClassSettings> = isNew ? {} : readClassFile(file);
  const said = settingsOf(context, flags, submissions, labFolders, stored);
  const differing = fieldsOf(said).filter(
    (field) => stored[field] !== undefined && !same(stored[field], said[field]),
  );
  const differences = differing.map(
    (field) => `${field}: ${shownIn(stored, field)} there, ${shownIn(said, field)} here`,
  );
  if (differing.length > 0 && flags.save !== true && flags.once !== true && flags.dryRun !== true) {
    throw cliError('class-file-differs', {
      message: `${file} remembers other things than the command line says:\n  - ${differences.join('\n  - ')}`,
      fix: 'Say --save to use what the command line says from now on, --once to use it this time, or leave it out.',
    });
  }
  const { lab, submissions: graded, ...others } = { ...stored, ...said };
  if (lab === undefined || graded === undefined) throw incomplete(paths, flags);
  const news = fieldsOf(said).filter((field) =>
    stored[field] === undefined
      ? isNew || flags.once !== true
      : flags.save === true && differing.includes(field),
  );
  return {
    settings: mapPaths({ ...others, lab, submissions: graded }, asWritten),
    out: out ?? (stored.out === undefined ? dirname(file) : asWritten(stored.out)),
    file,
    isNew,
    news: Object.fromEntries(news.map((field) => [field, said[field]])),
    differences,
  };
}

/** Writes what is new into the file of the class, and says so. Nothing new: nothing is written. */
export function rememberClass(
  context: Context,
  { file, isNew, news }: Pick<ClassInUse, 'file' | 'isNew' | 'news'>,
): void {
  const fields = fieldsOf(news);
  if (fields.length === 0) return;
  saveClassSettings(file, news);
  context.err(
    isNew
      ? `${file} remembers all of this: "labproof grade ${dirname(file)}" grades the class again\n`
      : `${file} remembers from now on: ${fields.join(', ')}\n`,
  );
}

/** Whose file counts, what the command line calls submissions, and where results go, as far as it says. */
function placeOf(
  paths: readonly string[],
  flags: GradeFlags,
): { readonly file: string; readonly submissions: readonly string[]; readonly out: string | null } {
  if (flags.out !== undefined) {
    return { file: join(flags.out, CLASS_FILE), submissions: paths, out: flags.out };
  }
  // With --lab paths are submissions: a file of that name in one of them is a student's.
  const [named, ...others] = paths;
  if (flags.lab === undefined && others.length === 0) {
    const file = classFileAt(named);
    if (file !== null) return { file, submissions: [], out: null };
    if (named === undefined) throw classNotFound();
  }
  throw incomplete(paths, flags);
}

function incomplete(paths: readonly string[], { lab, out }: GradeFlags): Error {
  const [named] = paths;
  const graded = named !== undefined && existsSync(join(named, 'grades.json'));
  if (named !== undefined && graded && isClassFile(join(named, CLASS_FILE))) {
    return cliError('grade-incomplete', {
      message: `With --lab, ${named} is taken for submissions; it holds the results of a class that was graded.`,
      fix: `Leave --lab out: labproof grade ${quoted([named])} grades that class again. For another lab name the submissions and a new folder with --out.`,
    });
  }
  const missing = [
    ...(paths.length === 0 ? ['what was handed in'] : []),
    ...(lab === undefined ? ['--lab'] : []),
    ...(out === undefined ? ['--out'] : []),
  ];
  return cliError('grade-incomplete', {
    message: graded
      ? `${named} holds grades and no ${CLASS_FILE}: what it was graded with is not remembered.`
      : `The first time "labproof grade" has to be told ${missing.join(' and ')}.`,
    fix: `Say all of it once: labproof grade ${quoted(graded ? [] : paths) || 'DOWNLOAD'} --lab ${lab ?? 'LAB'} --out ${out ?? 'graded'}, and --roster FILE, --late RULE where there are any. The next time "labproof grade ${out ?? 'graded'}" is enough.`,
  });
}

/** Paths as a shell takes them. */
function quoted(paths: readonly string[]): string {
  return paths.map((path) => (/^[\w./\\:~-]+$/u.test(path) ? path : `"${path}"`)).join(' ');
}

function settingsOf(
  context: Context,
  flags: GradeFlags,
  submissions: readonly string[],
  labFolders: readonly string[],
  stored: Partial<ClassSettings>,
): Partial<ClassSettings> {
  const path = (written: string | undefined): string | undefined =>
    written === undefined ? undefined : resolve(written);
  const secret =
    path(flags.hiddenSeedFile) ??
    // A secret of the environment counts where nothing else was said, and is remembered as being there.
    (context.hiddenSeed !== null && stored.secret === undefined
      ? ({ environment: SECRET_VARIABLE } as const)
      : undefined);
  const said: { [Field in ClassField]?: ClassSettings[Field] | undefined } = {
    lab: flags.lab,
    labs: oneOrMore(labFolders),
    submissions: oneOrMore(submissions),
    roster: path(flags.roster),
    late: lateOf(flags.late),
    times: path(flags.times),
    secret,
    limits: path(flags.limits),
    timeLimit: flags.timeLimit,
    memoryLimit: flags.memoryLimit,
    pdf: flags.pdf,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** A file, or the rule itself as a line. */
function lateOf(written: string | undefined): ClassSettings['late'] {
  if (written === undefined) return undefined;
  if (existsSync(written)) return resolve(written);
  const rule = latePolicyIn(written);
  if (rule !== null) return rule;
  throw lateRuleUnread(written);
}

function oneOrMore(paths: readonly string[]): string | string[] | undefined {
  const full = paths.map((path) => resolve(path));
  return full.length > 1 ? full : full[0];
}

function fieldsOf(settings: Partial<ClassSettings>): ClassField[] {
  return Object.keys(settings) as ClassField[];
}

function same(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): string => JSON.stringify([value].flat());
  return plain(a) === plain(b);
}

/** A path as a person at this place would write it. */
function asWritten(path: string): string {
  const seen = relative('.', path);
  if (seen === '') return '.';
  return seen.startsWith('..') || isAbsolute(seen) ? path : seen;
}

function shownIn(settings: Partial<ClassSettings>, field: ClassField): string {
  const value = settings[field];
  return value === undefined ? 'nothing' : shown(value);
}

/** A setting as a person would say it. */
function shown(value: Said): string {
  if (typeof value === 'string') return isAbsolute(value) ? asWritten(value) : value;
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (typeof value === 'object') {
    return 'due' in value
      ? `"${latePolicyText(value)}"`
      : `in the environment (${value.environment})`;
  }
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

type Said = NonNullable<ClassSettings[ClassField]>;

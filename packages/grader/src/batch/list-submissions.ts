import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { clutterFolder, clutterReason } from '../submission/clutter.ts';
import { compareText } from '../submission/submission-files.ts';
import { instructorError, reasonOf } from '../refusal.ts';
import { studentId } from './student-id.ts';

/** One thing to grade, and whose it is. */
export interface SubmissionEntry {
  readonly student: string;
  readonly path: string;
}

/** The submissions under some paths, by student id in code-unit order, and what was passed over. */
export interface SubmissionList {
  readonly entries: readonly SubmissionEntry[];
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
}

/** What makes a folder a submission itself rather than a folder of submissions. */
const MARKS =
  /^(?:submission\.json|model\.json|models|histories|answers?\.[a-z]+|.+\.(?:md|rmd|qmd|ipynb|keras|h5))$/iu;
const NO_MARK = /^(?:readme|license|changelog)\b/iu;

/**
 * Finds the submissions: each path is one (a .zip, or a folder with answers or models in it) or a folder that holds
 * one folder or .zip per student. Throws an instructor's error for a path that is not there, for a folder without
 * submissions, for two submissions of one student, and for an output folder among the submissions.
 */
export function listSubmissions(paths: readonly string[], out: string): SubmissionList {
  const passedOver: { path: string; why: string }[] = [];
  const found = paths.flatMap((path) => submissionsAt(path, resolve(out), passedOver));
  const entries = found
    .map((path) => ({ student: studentId(basename(resolve(path))), path }))
    .toSorted((a, b) => compareText(a.student, b.student) || compareText(a.path, b.path));
  const byFolder = new Map<string, SubmissionEntry>();
  for (const entry of entries) {
    if (entry.student === '') {
      throw instructorError(
        'student-id-empty',
        `The name of ${entry.path} holds no letter or digit, so it names no student.`,
        'Rename it to the id of the student.',
      );
    }
    // Some file systems do not tell upper from lower case, and results are kept in a folder a student.
    const key = entry.student.toLowerCase();
    const other = byFolder.get(key);
    if (other !== undefined) {
      throw instructorError(
        'student-twice',
        `${other.path} and ${entry.path} both stand for the student "${entry.student}".`,
        'Remove or rename one of them.',
      );
    }
    byFolder.set(key, entry);
  }
  return { entries, passedOver };
}

function submissionsAt(
  path: string,
  out: string,
  passedOver: { path: string; why: string }[],
): string[] {
  const place = resolve(path);
  if (isZip(path) && statusOf(path).isFile()) return [path];
  if (!statusOf(path).isDirectory()) {
    throw instructorError(
      'path-not-gradable',
      `${path} is neither a folder nor a .zip.`,
      'Name a submission, or the folder that holds the submissions.',
    );
  }
  if (out === place || out.startsWith(place + sep)) {
    throw instructorError(
      'out-among-submissions',
      `The output folder ${out} lies in the folder of submissions ${path}, so its reports would be graded next time.`,
      'Choose an output folder elsewhere.',
    );
  }
  const names = readdirSync(place).toSorted(compareText);
  if (names.some((name) => MARKS.test(name) && !NO_MARK.test(name))) return [path];
  const submissions: string[] = [];
  for (const name of names) {
    const entry = join(path, name);
    const status = lstatSync(entry);
    const clutter = status.isDirectory() ? clutterFolder(name) : clutterReason(name);
    if (clutter !== null) passedOver.push({ path: entry, why: clutter });
    else if (status.isDirectory() || isZip(name)) submissions.push(entry);
    else passedOver.push({ path: entry, why: 'it is neither a folder nor a .zip' });
  }
  if (submissions.length === 0) {
    throw instructorError(
      'no-submissions',
      `${path} holds no submissions: neither answers and models nor a folder or .zip per student.`,
      'Name the folder that holds the submissions.',
    );
  }
  return submissions;
}

function statusOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw instructorError(
      'path-missing',
      `${path} cannot be opened: ${reasonOf(error)}.`,
      'Check the path.',
      error,
    );
  }
}

function isZip(path: string): boolean {
  return path.toLowerCase().endsWith('.zip');
}

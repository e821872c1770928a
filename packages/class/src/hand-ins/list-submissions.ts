import { lstatSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import {
  clutterFolder,
  clutterReason,
  compareText,
  decodeText,
  instructorError,
  reasonOf,
} from '@labproof/submission';
import { GRADESCOPE_METADATA, readGradescopeMetadata } from './gradescope-metadata.ts';
import type { HandIn, HandInPart } from './hand-in.ts';
import { type HandInName, readClassroomName, readHandInName } from './hand-in-name.ts';
import { type NamedPart, mergeParts } from './merge-parts.ts';
import { studentId } from './student-id.ts';

/** The submissions under some paths, by student id in code-unit order, and what was passed over. */
export interface SubmissionList {
  readonly entries: readonly HandIn[];
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
}

/** What makes a folder a submission itself rather than a folder of submissions. */
const MARKS =
  /^(?:submission\.json|model\.json|models|histories|answers?\.[a-z]+|.+\.(?:md|rmd|qmd|ipynb|keras|h5))$/iu;
const NO_MARK = /^(?:readme|license|changelog)\b/iu;

/**
 * Finds the submissions: each path is one (a .zip, or a folder with answers or models in it) or a folder that holds
 * one folder or .zip per student, or what Moodle, Canvas, Gradescope or GitHub Classroom give to download.
 * Throws an instructor's error for a path that is not there, for a folder without submissions, for two submissions
 * of one student, and for an output folder among the submissions.
 */
export function listSubmissions(paths: readonly string[], out: string): SubmissionList {
  const passedOver: { path: string; why: string }[] = [];
  const found = paths.flatMap((path) => handInsAt(path, resolve(out), passedOver));
  return { entries: inOrder(found), passedOver };
}

/** In code-unit order of the students. Throws when two hand-ins stand for one student, or one for none. */
export function inOrder(handIns: readonly HandIn[]): readonly HandIn[] {
  const entries = handIns.toSorted(
    (a, b) => compareText(a.student, b.student) || compareText(a.path, b.path),
  );
  const byFolder = new Map<string, HandIn>();
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
  return entries;
}

function handInsAt(
  path: string,
  out: string,
  passedOver: { path: string; why: string }[],
): HandIn[] {
  const place = resolve(path);
  if (isZip(path) && statusOf(path).isFile()) return [byName(path, passedOver)];
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
  const loose = names.filter((name) => clutterReason(name) === null);
  const isDownload = loose.length > 0 && loose.every((name) => readHandInName(name) !== null);
  if (!isDownload && names.some((name) => MARKS.test(name) && !NO_MARK.test(name))) {
    return [byName(path, passedOver)];
  }
  const handIns = names.includes(GRADESCOPE_METADATA)
    ? fromGradescope(path, names, passedOver)
    : fromNames(path, names, passedOver);
  if (handIns.length === 0) {
    throw instructorError(
      'no-submissions',
      `${path} holds no submissions: neither answers and models nor a folder or .zip per student.`,
      'Name the folder that holds the submissions.',
    );
  }
  return handIns;
}

/** A folder of submissions: one a student, or loose files that a platform has put a student's name before. */
function fromNames(
  folder: string,
  names: readonly string[],
  passedOver: { path: string; why: string }[],
): HandIn[] {
  const parts: NamedPart[] = [];
  const handIns: HandIn[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const status = lstatSync(path);
    const clutter = status.isDirectory() ? clutterFolder(name) : clutterReason(name);
    const platform = readHandInName(name);
    if (clutter !== null) passedOver.push({ path, why: clutter });
    else if (platform !== null && (status.isDirectory() || status.isFile())) {
      parts.push({ named: platform, path, part: partAt(path, status, platform.file) });
    } else if (status.isDirectory() || isZip(name)) handIns.push(byName(path, passedOver));
    else passedOver.push({ path, why: 'it is neither a folder nor a .zip' });
  }
  return [...handIns, ...mergeParts(parts)];
}

function fromGradescope(
  folder: string,
  names: readonly string[],
  passedOver: { path: string; why: string }[],
): HandIn[] {
  const file = join(folder, GRADESCOPE_METADATA);
  const metadata = readGradescopeMetadata(decodeText(readFileSync(file)), file);
  const handIns: HandIn[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const status = lstatSync(path);
    const entry = metadata.get(name);
    if (name === GRADESCOPE_METADATA) continue;
    if (entry === undefined || !(status.isDirectory() || isZip(name))) {
      passedOver.push({ path, why: `${GRADESCOPE_METADATA} does not name it` });
      continue;
    }
    const who = entry.sid ?? entry.email ?? name;
    const others = entry.submitters - 1;
    handIns.push({
      student: studentId(who),
      name: entry.name,
      path,
      parts: [partAt(path, status, '')],
      rule: 'gradescope',
      why: `Gradescope's ${GRADESCOPE_METADATA} gives ${name} to ${entry.name ?? who}${others > 0 ? ` and ${others} more` : ''}`,
      submittedAt: entry.createdAt,
      markedLate: false,
    });
  }
  return handIns;
}

/** A folder or .zip of its own, told by its name. */
function byName(path: string, passedOver: { path: string; why: string }[]): HandIn {
  const place = resolve(path);
  const name = basename(place);
  const status = lstatSync(place);
  const named: HandInName = readHandInName(name) ??
    (status.isDirectory() ? readClassroomName(name, basename(dirname(place))) : null) ?? {
      id: name,
      name: null,
      rule: 'plain',
      why: 'it is named so',
      file: '',
      markedLate: false,
    };
  const part = partAt(path, status, named.file);
  if (part.path !== path) {
    passedOver.push({ path, why: `it holds nothing but ${basename(part.path)}, which was graded` });
  }
  return {
    student: studentId(named.id),
    name: named.name,
    path,
    parts: [part],
    rule: named.rule,
    why: named.why,
    submittedAt: null,
    markedLate: named.markedLate,
  };
}

/** A folder with nothing but one .zip in it stands for that .zip: platforms wrap each upload in a folder. */
function partAt(path: string, status: Stats, file: string): HandInPart {
  if (!status.isDirectory()) return { path, file: file === '' ? basename(path) : file };
  const inside = readdirSync(path).filter(
    (name) => clutterReason(name) === null && clutterFolder(name) === null,
  );
  const [only] = inside;
  if (inside.length !== 1 || only === undefined || !isZip(only)) return { path, file };
  const place = join(path, only);
  return lstatSync(place).isFile() ? { path: place, file } : { path, file };
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

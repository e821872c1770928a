import { reasonOf } from '@labproof/core';
import { lstatSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { clutterFolder, clutterReason, compareText, decodeText } from '@labproof/submission';
import { GRADESCOPE_METADATA, readGradescopeMetadata } from './gradescope-metadata.ts';
import type { HandIn, HandInPart } from './hand-in.ts';
import { type HandInName, readClassroomName, readHandInName } from './hand-in-name.ts';
import { type NamedPart, mergeParts } from './merge-parts.ts';
import { ownId, studentId } from './student-id.ts';
import { classError } from '../errors.ts';

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
  return { entries: inOrder(toldApart(found)), passedOver };
}

/**
 * Two folders whose names are one only after cleaning or folding ("Amy" and "amy", "a b" and "a-b") are two students: each
 * gets an id of its own, told by a digest of its name. Names that are equal are left for `inOrder` to stop at.
 */
function toldApart(handIns: readonly HandIn[]): HandIn[] {
  const names = new Map<string, Set<string>>();
  const nameOf = ({ path }: HandIn): string => basename(path).replace(/\.zip$/iu, '');
  for (const handIn of handIns) {
    const key = handIn.student.toLowerCase();
    names.set(key, (names.get(key) ?? new Set()).add(nameOf(handIn)));
  }
  return handIns.map((handIn) => {
    const alike = names.get(handIn.student.toLowerCase())?.size ?? 0;
    if (handIn.idKind !== 'name' || alike < 2) return handIn;
    return {
      ...handIn,
      student: ownId(handIn.student, nameOf(handIn)),
      why: `${handIn.why}; other names differ from it in signs or letter case only`,
    };
  });
}

/** In code-unit order of the students. Throws when two hand-ins stand for one student, or one for none. */
export function inOrder(handIns: readonly HandIn[]): readonly HandIn[] {
  const entries = handIns.toSorted(
    (a, b) => compareText(a.student, b.student) || compareText(a.path, b.path),
  );
  const byFolder = new Map<string, HandIn>();
  for (const entry of entries) {
    // Some file systems do not tell upper from lower case, and results are kept in a folder a student.
    const key = entry.student.toLowerCase();
    const other = byFolder.get(key);
    if (other !== undefined) {
      throw classError('student-twice', {
        message: `${other.path} and ${entry.path} both stand for the student "${entry.student}".`,
        fix: 'Remove or rename one of them.',
      });
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
  if (isZip(path) && statusOf(path).isFile()) return [byName(path, passedOver, 'alone')];
  if (!statusOf(path).isDirectory()) {
    throw classError('path-not-gradable', {
      message: `${path} is neither a folder nor a .zip.`,
      fix: 'Name a submission, or the folder that holds the submissions.',
    });
  }
  if (out === place || out.startsWith(place + sep)) {
    throw classError('out-among-submissions', {
      message: `The output folder ${out} lies in the folder of submissions ${path}, so its reports would be graded next time.`,
      fix: 'Choose an output folder elsewhere.',
    });
  }
  const names = readdirSync(place).toSorted(compareText);
  const loose = names.filter((name) => clutterReason(name) === null);
  const platform = platformNames(place, loose);
  const isDownload = loose.length > 0 && platform.size === loose.length;
  if (!isDownload && loose.some((name) => isMark(name)) && !isClass(path, loose)) {
    return [byName(path, passedOver, 'alone')];
  }
  const handIns = names.includes(GRADESCOPE_METADATA)
    ? fromGradescope(path, names, passedOver)
    : fromNames(path, names, platform, passedOver);
  if (handIns.length === 0) {
    throw classError('no-submissions', {
      message: `${path} holds no submissions: neither answers and models nor a folder or .zip per student.`,
      fix: 'Name the folder that holds the submissions.',
    });
  }
  return handIns;
}

/**
 * How a platform's download names what is in a folder. Moodle's mark is in no other name; Canvas's form is, so it counts
 * where all files have it and no number has two names: `jane_2026_1123_lab.md` and `john_2026_1124_lab.md` hold a date.
 */
function platformNames(folder: string, names: readonly string[]): ReadonlyMap<string, HandInName> {
  const found = new Map<string, HandInName>();
  const nameOfId = new Map<string, string | null>();
  let isCanvas = true;
  for (const name of names) {
    const isFolder = isDirectory(join(folder, name));
    const named = readHandInName(name, isFolder ? 'folder' : 'file');
    if (named !== null) found.set(name, named);
    if (named?.rule !== 'canvas') {
      isCanvas &&= isFolder;
      continue;
    }
    isCanvas &&= (nameOfId.get(named.id) ?? named.name) === named.name;
    nameOfId.set(named.id, named.name);
  }
  return isCanvas ? found : new Map([...found].filter(([, { rule }]) => rule !== 'canvas'));
}

function isMark(name: string): boolean {
  return MARKS.test(name) && !NO_MARK.test(name);
}

/**
 * Whether a folder with loose answers or models in it holds a class all the same: two or more folders or .zips beside them
 * that are submissions themselves. Then what lies loose is nobody's; it must not make one student of all.
 * Throws where loose documents could be one student's or one each.
 */
function isClass(path: string, names: readonly string[]): boolean {
  const place = resolve(path);
  const own = names.filter((name) => !OF_A_SUBMISSION.test(name));
  const submissions = own.filter((name) =>
    isDirectory(join(place, name))
      ? readdirSync(join(place, name)).some((inner) => isMark(inner) || isZip(inner))
      : isZip(name),
  );
  if (submissions.length >= 2) return true;
  const documents = names.filter((name) => DOCUMENT.test(name) && !NO_MARK.test(name));
  const isOneStudents =
    names.length > documents.length || documents.some((name) => SHARED.test(name));
  if (documents.length < 2 || isOneStudents) return false;
  throw classError('one-or-many', {
    message: `${path} holds ${documents.length} documents and nothing else (${documents.slice(0, 3).join(', ')}${documents.length > 3 ? ', …' : ''}): they may be one student's or one each.`,
    fix: 'Put each student’s files into a folder of its own; for one student, name them answers.ipynb or by their questions (q1.ipynb, q2.ipynb).',
  });
}

/** Folders that a submission has. */
const OF_A_SUBMISSION =
  /^(?:models?|histories|history|plots?|figures?|images?|pictures?|data|code|src|notebooks?|docs?|scripts?)$/iu;
const DOCUMENT = /\.(?:md|rmd|qmd|ipynb)$/iu;
/** Names that say which part of one hand-in a document is. */
const SHARED = /^(?:answers?\b|(?:q|question|exercise|ex|part|task|vraag|aufgabe)[\s_-]*\d)/iu;

/** A folder or .zip beside others that is called as parts of a submission are, and has no answers in it. */
function isPartOfAnother(path: string, name: string, beside: number): boolean {
  if (beside < 2 || !OF_A_SUBMISSION.test(name.replace(/\.zip$/iu, ''))) return false;
  if (!isDirectory(path)) return true;
  return !readdirSync(path).some(
    (inner) => DOCUMENT.test(inner) || ANSWERS.test(inner) || isZip(inner),
  );
}

const ANSWERS = /^(?:answers?\.[a-z]+|submission\.json)$/iu;

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A folder of submissions: one a student, or loose files that a platform has put a student's name before. */
function fromNames(
  folder: string,
  names: readonly string[],
  platforms: ReadonlyMap<string, HandInName>,
  passedOver: { path: string; why: string }[],
): HandIn[] {
  const parts: NamedPart[] = [];
  const handIns: HandIn[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status === undefined) {
      handIns.push(unopenable(path, name));
      continue;
    }
    const clutter = status.isDirectory() ? clutterFolder(name) : clutterReason(name);
    const platform = platforms.get(name) ?? null;
    if (clutter !== null) passedOver.push({ path, why: clutter });
    else if (platform !== null && (status.isDirectory() || status.isFile())) {
      parts.push({ named: platform, path, part: partAt(path, status, platform.file) });
    } else if (status.isDirectory() || isZip(name)) {
      if (isPartOfAnother(path, name, names.length)) {
        passedOver.push({
          path,
          why: 'its name is that of a part of a submission and no student’s; give it to its student',
        });
      } else handIns.push(byName(path, passedOver, 'among others'));
    } else {
      passedOver.push({
        path,
        why: isMark(name)
          ? 'it lies loose beside the students’ folders, so nobody knows whose it is; put it into its student’s folder'
          : 'it is neither a folder nor a .zip',
      });
    }
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
    const nobody = { sid: null, email: null, name: null };
    const submitters = entry.submitters.length === 0 ? [nobody] : entry.submitters;
    const others = submitters.length - 1;
    for (const { sid, email, name: person } of submitters) {
      const who = sid ?? email ?? name;
      handIns.push({
        student: studentId(who),
        name: person,
        path,
        parts: [partAt(path, status, '')],
        rule: 'gradescope',
        idKind: sid === null && email === null ? 'name' : 'list',
        group: others > 0 ? name : null,
        why: `Gradescope's ${GRADESCOPE_METADATA} gives ${name} to ${person ?? who}${others > 0 ? ` and ${others} more, who get the same grade` : ''}`,
        submittedAt: entry.createdAt,
        markedLate: false,
      });
    }
  }
  return handIns;
}

/** A folder whose name the system cannot give back, as downloads have it that were unpacked in another encoding. */
function unopenable(path: string, name: string): HandIn {
  return {
    student: studentId(name),
    name: null,
    path,
    parts: [{ path, file: '' }],
    rule: 'plain',
    idKind: 'name',
    group: null,
    why: 'it is named so; the name is in no encoding that can be read, so rename it',
    submittedAt: null,
    markedLate: false,
  };
}

/** A folder or .zip of its own, told by its name. */
function byName(
  path: string,
  passedOver: { path: string; why: string }[],
  place: 'alone' | 'among others',
): HandIn {
  const full = resolve(path);
  const name = basename(full);
  const status = lstatSync(full);
  const platform = readHandInName(name, status.isDirectory() ? 'folder' : 'file');
  // Among others a name of Canvas's form that not all of them have is somebody's own.
  const named: HandInName = (platform?.rule === 'canvas' && place !== 'alone' ? null : platform) ??
    (status.isDirectory() ? readClassroomName(name, basename(dirname(full))) : null) ?? {
      id: name,
      name: null,
      rule: 'plain',
      why: 'it is named so',
      file: '',
      markedLate: false,
      idKind: 'name',
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
    idKind: named.idKind,
    group: null,
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
    throw classError('path-missing', {
      message: `${path} cannot be opened: ${reasonOf(error)}.`,
      fix: 'Check the path.',
      cause: error,
    });
  }
}

function isZip(path: string): boolean {
  return path.toLowerCase().endsWith('.zip');
}

import { reasonOf } from '@labproof/core';
import { type Stats, statSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';
import { compareText } from '@labproof/submission';
import { assertNotNested, classIn, isClass, isMark, isOneStudents } from './class-or-student.ts';
import { assertOneStudents } from './one-or-many.ts';
import { handInByName, handInsIn } from './hand-ins-in.ts';
import type { HandIn } from './hand-in.ts';
import type { PassedOver } from './passed-over.ts';
import { contents, diskPlace, givenFolder, isFolder, isZip, type Place } from './place.ts';
import { isDownload } from './platform-names.ts';
import { ownId } from './student-id.ts';
import { zipPlace } from './zip-place.ts';
import { classError } from '../errors.ts';

/** The submissions under some paths, by student id in code-unit order, and what was passed over. */
export interface SubmissionList {
  readonly entries: readonly HandIn[];
  readonly passedOver: readonly PassedOver[];
}

/**
 * Finds the submissions: each path is one (a .zip, or a folder with answers or models in it) or a folder that holds
 * one folder or .zip per student, or what Moodle, Canvas, Gradescope or GitHub Classroom give to download, unpacked or as
 * the one .zip that it came as.
 * Throws an instructor's error for a path that is not there, for a folder without submissions, for two submissions
 * of one student, and for an output folder among the submissions.
 */
export async function listSubmissions(
  paths: readonly string[],
  out: string,
): Promise<SubmissionList> {
  const passedOver: PassedOver[] = [];
  const found: HandIn[] = [];
  for (const path of paths) found.push(...(await handInsAt(path, resolve(out), passedOver)));
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
      id: handIn.id ?? handIn.student,
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

async function handInsAt(path: string, out: string, passedOver: PassedOver[]): Promise<HandIn[]> {
  const status = statusOf(path);
  if (status.isFile() && path.toLowerCase().endsWith('.zip')) return handInsOfZip(path, passedOver);
  if (!status.isDirectory()) {
    throw classError('path-not-gradable', {
      message: `${path} is neither a folder nor a .zip.`,
      fix: 'Name a submission, or the folder or .zip that holds the submissions.',
    });
  }
  const full = resolve(path);
  if (out === full || out.startsWith(full + sep)) {
    throw classError('out-among-submissions', {
      message: `The output folder ${out} lies in the folder of submissions ${path}, so its reports would be graded next time.`,
      fix: 'Choose an output folder elsewhere.',
    });
  }
  const folder = givenFolder(path);
  const inside = contents(folder);
  const download = inside.length === 1 ? await downloadIn(inside[0]) : null;
  if (download !== null) return handInsIn(download, passedOver);
  const isPacked = isDownload(inside);
  if (!isPacked && inside.some(({ name }) => isMark(name)) && !isClass(folder)) {
    return [handInByName(folder, { passedOver, around: null })];
  }
  if (!isPacked && isOneStudents(folder)) {
    return [handInByName(folder, { passedOver, around: null })];
  }
  if (!isPacked) assertNotNested(folder);
  const handIns = await handInsIn(folder, passedOver);
  if (handIns.length > 0) return handIns;
  throw classError('no-submissions', {
    message: `${path} holds no submissions: neither answers and models nor a folder or .zip per student.`,
    fix: 'Name the folder that holds the submissions.',
  });
}

/** A .zip that was named by itself: a whole class in the way of a platform or a folder a student, or one student's. */
async function handInsOfZip(path: string, passedOver: PassedOver[]): Promise<HandIn[]> {
  const archive = await zipPlace(path);
  const found = archive === null ? null : classIn(archive, 'any names');
  if (found !== null) return handInsIn(found, passedOver);
  if (archive !== null) assertOneStudents(archive);
  return [handInByName(diskPlace(path), { passedOver, around: null })];
}

/** The platform's download that is all there is in a folder; `null` where that is a student's folder or .zip. */
async function downloadIn(only: Place | undefined): Promise<Place | null> {
  if (only === undefined) return null;
  const place = isZip(only) ? await zipPlace(only.path) : isFolder(only) ? only : null;
  return place === null ? null : classIn(place, 'platform names');
}

function statusOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw classError('path-missing', {
      message: `${path} cannot be opened: ${reasonOf(error)}.`,
      fix: 'Correct the path; a name with blanks in it needs quotation marks.',
      cause: error,
    });
  }
}

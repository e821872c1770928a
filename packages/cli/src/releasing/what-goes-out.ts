import { openFormerResults } from '@labproof/class';
import type { Grade } from '@labproof/grader';
import { formatPlural } from '@labproof/submission';
import { partsOfKey } from '@labproof/review';
import { Option } from 'commander';
import { cliError } from '../errors.ts';
import type { Context } from '../program/context.ts';
import { appealsIn, doubtsIn, named } from '../reading/left-words.ts';
import { marksIn } from '../reading/room-of.ts';
import { differingFrom, openReleased, type Released } from './released.ts';

/** Which grades are meant: those of the last release, or those of the folder as they are. */
const GOING_OUT = ['released', 'graded'] as const;

/** What is meant to go out, as the options of `export` and `return` say it. */
export interface OutFlags {
  readonly as?: (typeof GOING_OUT)[number];
  readonly withDoubtful?: true;
  readonly unfinished: 'stop' | 'leave-out' | 'as-is';
}

export function asOption(): Option {
  return new Option(
    '--as <what>',
    'where marks, grades and the last release differ: the release, or the grades as they are',
  ).choices(GOING_OUT);
}

export function withDoubtfulOption(): Option {
  return new Option('--with-doubtful', 'also where a reader doubts a mark');
}

/** Grades that are given out of a folder. Close it when done. */
export interface WhatGoesOut {
  /** The frozen version that they are of; `null` where they are the folder's own. */
  readonly released: Released | null;
  readonly students: readonly string[];
  grade(student: string): Grade;
  /** Why they are not to be given out as they are. */
  readonly stops: readonly string[];
  /** What whoever gives them out should know. */
  readonly notes: readonly string[];
  /** Marks among them that a reader doubts, as `student:question`. */
  readonly doubtful: readonly string[];
  /** Appeals that nobody has decided, by their answers. */
  readonly appeals: readonly string[];
  /** Why there are none; `null` where there are. */
  readonly problem: string | null;
  close(): void;
}

/**
 * What goes out of a graded folder: the last release where there is one, as it was frozen, else the grades. Nothing does
 * where marks are ahead of the grades, grades are ahead of the release or a reader doubts a mark, unless the flags say
 * what is meant. Throws an instructor's error where a release is asked for that is not there, or is not as it was given out.
 */
export async function whatGoesOut(
  context: Context,
  folder: string,
  { as, withDoubtful, unfinished }: OutFlags,
): Promise<WhatGoesOut> {
  const results = openFormerResults(folder);
  const own: WhatGoesOut = {
    released: null,
    students: results.students,
    grade: (student) => gradeOf(student, results.read(student)?.grade),
    stops: [],
    notes: [],
    doubtful: [],
    appeals: [],
    problem: results.problem,
    close: () => results.close(),
  };
  if (results.students.length === 0) return own;
  try {
    const marks = await marksIn(context, folder);
    const { ahead, release, appeals, unanswered, isOpen } = marks;
    if (release === null && as === 'released') throw noRelease(folder, ahead);
    const go = ' Or say --as graded to give out the grades as they are';
    const stops: string[] = [];
    let out = own;
    if (release === null || as === 'graded') {
      if (ahead !== null && as === undefined) stops.push(`${ahead}${go}.`);
    } else {
      const released = openReleased(folder, release);
      out = {
        ...own,
        released,
        students: released.students,
        grade: (student) =>
          gradeOf(student, released.grade(student) ?? results.read(student)?.grade),
      };
      const choice = `${go}, --as released for version ${release.version} as it is.`;
      if (as === undefined) {
        if (ahead !== null) stops.push(`${ahead}${choice}`);
        const differing = differingFrom(released, own.students, own.grade);
        if (differing !== null) {
          stops.push(
            `the grades are others than version ${release.version} says, for ${differing}: release them first (labproof release).${choice}`,
          );
        }
        if (unanswered.length > 0) {
          stops.push(
            `${formatPlural(unanswered.length, 'appeal')} (${named(unanswered)}) ${unanswered.length === 1 ? 'was' : 'were'} decided after version ${release.version}, which does not answer ${unanswered.length === 1 ? 'it' : 'them'}: release first (labproof release).${choice}`,
          );
        }
      } else if (released.students.some((student) => released.grade(student) === null)) {
        stops.push(
          `version ${release.version} was frozen by an earlier version of Labproof, without its grades: release again (labproof release).`,
        );
      }
    }
    const going = new Set(out.students);
    const doubtful = marks.doubtful.filter((key) => {
      const { student } = partsOfKey(key);
      if (!going.has(student)) return false;
      return unfinished !== 'leave-out' || out.grade(student).pending === 0;
    });
    const notes: string[] = [];
    if (doubtful.length > 0) {
      const what = doubtsIn(doubtful);
      if (withDoubtful === true)
        notes.push(`${what}, and ${doubtful.length === 1 ? 'goes' : 'go'} out all the same.`);
      else {
        stops.push(
          `${what}: a reader wants ${doubtful.length === 1 ? 'it' : 'them'} looked at again (labproof review, where d takes the doubt away), or say --with-doubtful.`,
        );
      }
    }
    if (isOpen && as !== undefined && withDoubtful !== true) {
      stops.push(
        'a reading room is open on this folder, so nobody can tell which marks are doubtful: end it, or say --with-doubtful.',
      );
    }
    if (appeals.length > 0) notes.push(`${appealsIn(appeals)}: labproof review, key l.`);
    return { ...out, stops, notes, doubtful, appeals };
  } catch (error) {
    results.close();
    throw error;
  }
}

function gradeOf(student: string, grade: Grade | undefined): Grade {
  if (grade === undefined) throw new Error(`no grade of ${student}`);
  return grade;
}

function noRelease(folder: string, ahead: string | null): Error {
  return cliError('release-none', {
    message:
      ahead === null
        ? `${folder} holds no release.`
        : `No release of ${folder} can be looked up: ${ahead}`,
    fix: 'Make one with "labproof release", or say --as graded.',
  });
}

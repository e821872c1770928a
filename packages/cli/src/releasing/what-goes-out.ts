import { openFormerResults } from '@labproof/class';
import type { Grade } from '@labproof/grader';
import { cliError } from '../errors.ts';
import type { Context } from '../program/context.ts';
import { marksIn } from '../reading/room-of.ts';
import { differingFrom, openReleased, type Released } from './released.ts';

/** Which grades are meant: those of the last release, or those of the folder as they are. */
export const GOING_OUT = ['released', 'graded'] as const;
export type GoingOut = (typeof GOING_OUT)[number];

/** Grades that are given out of a folder. Close it when done. */
export interface WhatGoesOut {
  /** The frozen version that they are of; `null` where they are the folder's own. */
  readonly released: Released | null;
  readonly students: readonly string[];
  grade(student: string): Grade;
  /** Why they are not to be given out as they are. */
  readonly stops: readonly string[];
  /** Why there are none; `null` where there are. */
  readonly problem: string | null;
  close(): void;
}

/**
 * What goes out of a graded folder: the last release where there is one, as it was frozen, else the grades. Nothing does
 * where marks are ahead of the grades or grades are ahead of the release, unless `as` says which is meant. Throws an
 * instructor's error where a release is asked for that is not there, or is not as it was given out.
 */
export async function whatGoesOut(
  context: Context,
  folder: string,
  as: GoingOut | undefined,
): Promise<WhatGoesOut> {
  const results = openFormerResults(folder);
  const own = (stops: readonly string[]): WhatGoesOut => ({
    released: null,
    students: results.students,
    grade: (student) => gradeOf(student, results.read(student)?.grade),
    stops,
    problem: results.problem,
    close: () => results.close(),
  });
  if (as === 'graded' || results.students.length === 0) return own([]);
  try {
    const { ahead, release } = await marksIn(context, folder);
    if (release === null && as === 'released') throw noRelease(folder, ahead);
    const go = ' Or say --as graded to give out the grades as they are';
    if (release === null) return own(ahead === null ? [] : [`${ahead}${go}.`]);
    const released = openReleased(folder, release);
    const stops: string[] = [];
    const choice = `${go}, --as released for version ${release.version} as it is.`;
    if (as !== 'released') {
      if (ahead !== null) stops.push(`${ahead}${choice}`);
      const differing = differingFrom(released, results.students, (student) =>
        gradeOf(student, results.read(student)?.grade),
      );
      if (differing !== null) {
        stops.push(
          `the grades are others than version ${release.version} says, for ${differing}: release them first (labproof release).${choice}`,
        );
      }
    } else if (released.students.some((student) => released.grade(student) === null)) {
      stops.push(
        `version ${release.version} was frozen by an earlier version of Labproof, without its grades: release again (labproof release).`,
      );
    }
    return {
      ...own(stops),
      released,
      students: released.students,
      grade: (student) => gradeOf(student, released.grade(student) ?? results.read(student)?.grade),
    };
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

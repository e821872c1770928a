import { LabproofError } from '@labproof/core';
import { noGradesText, openFormerResults } from '@labproof/class';
import type { Lab } from '@labproof/lab';
import {
  doubtfulAnswers,
  MarksDatabase,
  type OpenRoom,
  openRoom,
  type RecordedRelease,
  unansweredAppeals,
  undecidedAppeals,
  unsettledAnswers,
} from '@labproof/review';
import type { Context } from '../program/context.ts';
import { cliError } from '../errors.ts';
import { type MarksLeft, named } from './left-words.ts';

/** The lab of a graded folder. Throws an instructor's error where there are no grades or the lab is not known. */
function labOfFolder(context: Context, folder: string): Lab {
  const results = openFormerResults(folder);
  try {
    const [student] = results.students;
    const grade = student === undefined ? undefined : results.read(student)?.grade;
    if (grade === undefined) {
      throw cliError('report-no-grades', {
        message: results.problem ?? noGradesText(folder),
        fix: 'Name the folder that "labproof grade" wrote with --out; grade again if another version wrote it.',
      });
    }
    return context.labs.find(grade.lab.id);
  } finally {
    results.close();
  }
}

/** Opens the reading room of a graded folder. */
export function roomOf(
  context: Context,
  folder: string,
  options: { readonly evenEmpty?: true } = {},
): Promise<OpenRoom> {
  return openRoom(folder, {
    lab: labOfFolder(context, folder),
    now: () => new Date().toISOString(),
    ...options,
  });
}

/**
 * Puts the marks of a reading room into `reviews.csv` before it is graded by, where there are any. What keeps it from
 * that is said, and the table as it is counts: nothing of it is lost.
 */
export async function settleMarks(context: Context, folder: string): Promise<void> {
  if (!MarksDatabase.isIn(folder)) return;
  try {
    (await roomOf(context, folder)).close();
  } catch (error) {
    if (!(error instanceof LabproofError)) throw error;
    const why =
      error.code === 'marks-in-use'
        ? 'a reading room is open; what was marked in its last seconds may be missing'
        : error.message;
    context.err(`note: reviews.csv counts as it is: ${why}\n`);
  }
}

/** How the marks of a folder stand to its grades. */
export interface MarksInFolder extends MarksLeft {
  /** Why grades are not to be given out yet: marks that they do not hold, or may not hold; `null` where they hold all. */
  readonly ahead: string | null;
  /** The version that was given out last; `null` where there is none, or nobody can look while a room is open. */
  readonly release: RecordedRelease | null;
  /** A reading room is open, so nobody can look. */
  readonly isOpen: boolean;
}

const NO_MARKS: MarksInFolder = {
  ahead: null,
  release: null,
  doubtful: [],
  appeals: [],
  unanswered: [],
  isOpen: false,
};

/** Looks at the record of a folder, if it has one. A room that is open may be ahead at any moment, which is said too. */
export async function marksIn(context: Context, folder: string): Promise<MarksInFolder> {
  if (!MarksDatabase.isIn(folder)) return NO_MARKS;
  try {
    const open = await roomOf(context, folder, { evenEmpty: true });
    try {
      const keys = unsettledAnswers(open.room).map(({ key }) => key);
      return {
        ahead:
          keys.length === 0
            ? null
            : `the grades do not hold all marks of the reading room yet (${named(keys)}): grade again first.`,
        release: open.room.record.releases.at(-1) ?? null,
        doubtful: doubtfulAnswers(open.room).map(({ key }) => key),
        appeals: undecidedAppeals(open.room).map(({ answer }) => answer),
        unanswered: unansweredAppeals(open.room).map(({ answer }) => answer),
        isOpen: false,
      };
    } finally {
      open.close();
    }
  } catch (error) {
    if (!(error instanceof LabproofError) || error.code !== 'marks-in-use') throw error;
    const ahead = 'a reading room is open on this folder: end it and grade again first.';
    return { ...NO_MARKS, ahead, isOpen: true };
  }
}

import { formatCount } from '@labproof/submission';

/** What an instructor should know of a class, by its kind. */
type NoteKind =
  | 'not-handed-in'
  | 'not-on-roster'
  | 'gone'
  | 'time-unknown'
  | 'late-by-unknown'
  | 'late-by-clock'
  | 'time-of-nobody'
  | 'passed-over'
  | 'points-kept'
  | 'points-stale'
  | 'points-not-applied'
  | 'other';

/** A note on one student, file or row. */
export interface SingleNote {
  readonly kind: NoteKind;
  /** The student, the path, or the row (`amy:q1`). */
  readonly about: string;
  readonly message: string;
}

/** All notes of a kind, in a line: the content of `notes.json`. */
export interface ClassNote {
  readonly kind: NoteKind;
  readonly message: string;
  /** Everybody and everything that it is about. */
  readonly about: readonly string[];
}

/** So many notes of a kind stand by themselves. */
const FEW = 2;
/** So many names stand in a line; all of them stand in `about`. */
const NAMED = 5;

const TOGETHER: Readonly<Record<NoteKind, (count: string, names: string) => string>> = {
  'not-handed-in': (count, names) => `${count} students of the roster handed in nothing: ${names}.`,
  'not-on-roster': (count, names) =>
    `${count} students handed something in and are not on the roster: ${names}.`,
  gone: (count, names) =>
    `${count} students were graded here before and are not among these submissions; the folders with their earlier grades stay where they are: ${names}.`,
  'time-unknown': (count, names) =>
    `Nobody says when ${count} students handed in, so nothing was deducted: ${names}.`,
  'late-by-unknown': (count, names) =>
    `The platform marked the submissions of ${count} students as late without saying by how much, so nothing was deducted: ${names}.`,
  'late-by-clock': (count, names) =>
    `Clocks may have changed before ${count} students handed in, and nobody can tell whether it is a day or an hour more: the fewer were counted. Name the time zone in the rule for late hand-ins ("2026-11-20T23:59[Europe/Berlin]"), and it is known: ${names}.`,
  'time-of-nobody': (count, names) =>
    `There are times of ${count} students who handed nothing in and are not on the roster: ${names}.`,
  'passed-over': (count, names) => `${count} files and folders were passed over: ${names}.`,
  'points-kept': (count, names) =>
    `${count} rows of reviews.csv fit nothing of this grading, or more points stand in them than there are: ${names}. Their points stay in the table and count again when that student and question are graded; where they are meant for somebody else, correct the columns row, student and question.`,
  'points-stale': (count, names) =>
    `The points of ${count} rows of reviews.csv are stale, since the answers have changed since they were read: ${names}. They need manual grading again.`,
  'points-not-applied': (count, names) =>
    `The points of ${count} rows of reviews.csv were not applied, since fewer points need manual grading there: ${names}.`,
  other: (_, names) => names,
};

/** Notes of a kind as one line, kinds in the order in which they first come; a few stand by themselves. */
export function summedUp(notes: readonly SingleNote[]): ClassNote[] {
  const kinds = [...new Set(notes.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const own = notes.filter((note) => note.kind === kind);
    if (kind === 'other' || own.length <= FEW) {
      return own.map(({ message, about }) => ({ kind, message, about: [about] }));
    }
    const about = own.map((note) => note.about);
    const left = about.length - NAMED;
    const names = `${about.slice(0, NAMED).join(', ')}${left > 0 ? ` and ${formatCount(left)} more` : ''}`;
    return [{ kind, message: TOGETHER[kind](formatCount(about.length), names), about }];
  });
}

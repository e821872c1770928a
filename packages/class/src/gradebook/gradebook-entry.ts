import type { RosterEntry } from '../roster/roster.ts';
import { formatCount, formatPlural } from '@labproof/submission';
import { type Grade, refusalOf, writtenId } from '@labproof/grader';

/** What to do with grades that are not final: stop, leave these students out, or export the points decided so far. */
export type Unfinished = 'stop' | 'leave-out' | 'as-is';

/** A grade with the points that go into a gradebook. */
export interface GradebookEntry {
  readonly grade: Grade;
  readonly points: number;
  /** The student's id as the class list writes it, else that of the results. */
  readonly id: string;
}

/** What was found before anything is written. With `stops` nothing is. */
export interface Preflight {
  readonly stops: readonly string[];
  readonly notes: readonly string[];
}

/** So many names stand in one message. */
const NAMED = 5;

/** "amy, bob and 3 more". */
export function named(names: readonly string[], between = ', '): string {
  const shown = names.slice(0, NAMED).join(between);
  return names.length > NAMED ? `${shown} and ${formatCount(names.length - NAMED)} more` : shown;
}

/**
 * What of a class is not finished, as reasons to stop or, where the instructor decided so, as notes: points that wait for
 * a person, and students whose grading failed. `then` says what becomes of the former where it goes on.
 */
export function unfinishedWork(
  grades: readonly Pick<Grade, 'student' | 'id' | 'score' | 'pending'>[],
  unfinished: Unfinished,
  then: Readonly<Record<Exclude<Unfinished, 'stop'>, string>>,
): { readonly stops: string[]; readonly notes: string[] } {
  const stops: string[] = [];
  const notes: string[] = [];
  const waiting = grades.filter(({ score, pending }) => score !== null && pending > 0);
  const broken = grades.filter(({ score }) => score === null);
  const tell = unfinished === 'stop' ? stops : notes;
  if (waiting.length > 0) {
    const points = waiting.reduce((sum, { pending }) => sum + pending, 0);
    const next =
      unfinished === 'stop'
        ? 'read them (labproof review, or reviews.csv) and grade again, or say --unfinished leave-out or as-is'
        : then[unfinished];
    tell.push(
      `${formatPlural(points, 'point')} of ${named(idsOf(waiting))} ${points === 1 ? 'needs' : 'need'} manual grading: ${next}.`,
    );
  }
  if (broken.length > 0) {
    tell.push(
      `${named(idsOf(broken))}: no score, because grading itself failed. ${unfinished === 'stop' ? 'Grade again, or say --unfinished leave-out.' : 'Left out.'}`,
    );
  }
  return { stops, notes };
}

/** The grades that can be exported, in their order, and what every format has to be asked about them. */
export function gradebookEntries(options: {
  grades: readonly Grade[];
  roster: readonly RosterEntry[] | null;
  unfinished: Unfinished;
}): { readonly entries: readonly GradebookEntry[] } & Preflight {
  const { grades, roster, unfinished } = options;
  const { stops, notes } = unfinishedWork(grades, unfinished, {
    'leave-out': 'they are left out',
    'as-is': 'only the points decided so far are exported',
  });
  const refused = grades.filter((grade) => refusalOf(grade) === 'everything');
  if (refused.length > 0) {
    notes.push(
      `${named(idsOf(refused))}: nothing could be read, so 0 points are exported; the student may hand in again.`,
    );
  }
  const partly = grades.filter((grade) => refusalOf(grade) === 'answers');
  if (partly.length > 0) {
    notes.push(
      `${named(idsOf(partly))}: no answer could be read, so the points for the rest are exported; the student may hand in again.`,
    );
  }
  stops.push(...repeatedIds(grades));
  notes.push(...sharedNames(grades), ...notHandedIn(grades, roster));
  const entries = grades.flatMap((grade): GradebookEntry[] =>
    grade.score === null || (grade.pending > 0 && unfinished === 'leave-out')
      ? []
      : [{ grade, points: grade.score, id: idIn(roster, grade.student) ?? writtenId(grade) }],
  );
  if (entries.length === 0) stops.push('There is no grade to export.');
  return { entries, stops, notes };
}

function idIn(roster: readonly RosterEntry[] | null, student: string): string | null {
  const entry = roster?.find((listed) => listed.student.toLowerCase() === student.toLowerCase());
  return entry?.id ?? entry?.student ?? null;
}

function idsOf(grades: readonly Pick<Grade, 'student' | 'id'>[]): string[] {
  return grades.map(writtenId);
}

function repeatedIds(grades: readonly Grade[]): string[] {
  const ids = grades.map(({ student }) => student.toLowerCase());
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  return twice.length === 0 ? [] : [`More than one grade stands for ${named(twice)}.`];
}

/** Platforms show names; two students of one name are easily taken for each other. */
function sharedNames(grades: readonly Grade[]): string[] {
  const byName = new Map<string, string[]>();
  for (const { name, student, id } of grades) {
    if (name === null) continue;
    const key = name.normalize('NFC').trim().toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), id ?? student]);
  }
  return [...byName.values()]
    .filter((students) => students.length > 1)
    .map((students) => `${named(students)} have the same name; they are told apart by their ids.`);
}

function notHandedIn(grades: readonly Grade[], roster: readonly RosterEntry[] | null): string[] {
  const graded = new Set(grades.map(({ student }) => student.toLowerCase()));
  const missing = (roster ?? []).filter(({ student }) => !graded.has(student.toLowerCase()));
  return missing.length === 0
    ? []
    : [
        `${formatPlural(missing.length, 'student')} of the roster handed in nothing and ${missing.length === 1 ? 'gets' : 'get'} no row: ${named(missing.map(writtenId))}.`,
      ];
}

import type { HandIn } from '../hand-ins/hand-in.ts';
import type { SingleNote } from '../notes/class-note.ts';
import { clockOf, parseInstant, zoneOf } from '../tables/instant.ts';
import { lateBy } from './late-by.ts';
import type { HandInTime, LatePolicy } from './late-policy.ts';
import { type RosterEntry, readRoster } from '../roster/roster.ts';

/** When each student handed in, as far as anybody says. */
export interface HandInTimes {
  readonly byStudent: ReadonlyMap<string, HandInTime>;
  readonly notes: readonly SingleNote[];
}

/**
 * Gathers the times: a file of times before the class list before the platform's own record. Whose time nobody knows
 * is never taken to be late; a note says so. Throws an instructor's error for a file that cannot be read.
 */
export function handInTimes(options: {
  late: LatePolicy;
  handIns: readonly HandIn[];
  roster: readonly RosterEntry[] | null;
  /** CSV with the columns of a class list. */
  file: string | null;
}): HandInTimes {
  const { late } = options;
  const offset = clockOf(late.due);
  const listed = options.file === null ? [] : readRoster(options.file, { offset });
  const notes: SingleNote[] = [];
  const byStudent = new Map<string, HandInTime>();
  for (const { student, submittedAt, markedLate } of options.handIns) {
    const [timed, rostered] = [listed, options.roster ?? []].map((entries) =>
      entries.find((entry) => entry.student.toLowerCase() === student.toLowerCase()),
    );
    const submitted = timed?.submitted ?? rostered?.submitted ?? readable(submittedAt, offset);
    const due = timed?.due ?? rostered?.due ?? null;
    if (submitted !== null) {
      byStudent.set(student, { submitted, due });
      notes.push(...doubtOf(late, student, { submitted, due }));
    } else if (markedLate) {
      notes.push({
        kind: 'late-by-unknown',
        about: student,
        message: `The platform marked the submission of ${student} as late without saying by how much, so nothing was deducted.`,
      });
    } else {
      notes.push({
        kind: 'time-unknown',
        about: student,
        message: `Nobody says when ${student} handed in, so nothing was deducted.`,
      });
    }
  }
  const known = new Set(options.handIns.map(({ student }) => student.toLowerCase()));
  for (const { student, id } of listed) {
    if (known.has(student.toLowerCase())) continue;
    if (options.roster?.some((entry) => entry.student.toLowerCase() === student.toLowerCase())) {
      continue;
    }
    notes.push({
      kind: 'time-of-nobody',
      about: id ?? student,
      message: `${options.file} has a time for "${id ?? student}", and no such student handed anything in or is on the roster.`,
    });
  }
  return { byStudent, notes };
}

function readable(written: string | null, offset: string | null): string | null {
  return written !== null && parseInstant(written, offset) !== null ? written : null;
}

/** Where a change of the clocks may make a difference that nobody can tell, what was counted and how to say it. */
function doubtOf(late: LatePolicy, student: string, time: HandInTime): SingleNote[] {
  if (zoneOf(late.due) !== null) return [];
  const { periods, most } = lateBy(late, time);
  const cap = late.mostPeriods ?? most;
  if (Math.min(periods, cap) === Math.min(most, cap)) return [];
  return [
    {
      kind: 'late-by-clock',
      about: student,
      message: `${student} is ${periods} or ${most} ${late.per}s late, as clocks may have changed in between: ${periods} counted. Name the time zone in the rule ("${late.due}[Europe/Berlin]"), and it is known.`,
    },
  ];
}

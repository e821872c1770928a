import { named } from '../gradebook/gradebook-entry.ts';
import { platformNumber } from '../hand-ins/platform-number.ts';
import type { RosterEntry } from '../roster/roster.ts';
import type { ReturnedGrade, ReturnPlace, ReturnPlan } from './return-place.ts';

/**
 * Folders as Moodle's "Upload multiple feedback files in a zip" takes them (mod/assign/feedback/file/importziplib.php):
 * `Full name_101_assignsubmission_file_`. It splits the name at `_` and takes the second part for the participant's
 * number, so the name has none; what it does not know it passes over without a word. The number is that of the download,
 * or of the grading worksheet: each assignment has its own.
 */
export function moodlePlaces(
  grades: readonly ReturnedGrade[],
  roster: readonly RosterEntry[] | null,
  form: 'pdf' | 'html',
): ReturnPlan {
  const listed = new Set((roster ?? []).flatMap(({ participant }) => participant ?? []));
  const unknown: string[] = [];
  const foreign: string[] = [];
  const byNumber = new Map<string, string[]>();
  const places = grades.flatMap((grade): ReturnPlace[] => {
    const person = participantOf(grade, roster);
    if (person === null) {
      unknown.push(grade.student);
      return [];
    }
    const { number, name } = person;
    if (listed.size > 0 && !listed.has(number)) foreign.push(`${grade.student} (${number})`);
    byNumber.set(number, [...(byNumber.get(number) ?? []), grade.student]);
    return [
      {
        student: grade.student,
        path: `${nameInFolder(name)}_${number}_assignsubmission_file_/`,
        form,
      },
    ];
  });
  const shared = [...byNumber.values()].filter((students) => students.length > 1);
  return {
    places,
    stops: [
      ...(unknown.length === 0
        ? []
        : [
            `${named(unknown)}: no participant number of Moodle is known. Grade the download as Moodle packs it, or name the assignment's grading worksheet with --roster.`,
          ]),
      ...(foreign.length === 0
        ? []
        : [
            `${named(foreign)}: the grading worksheet has no such participant. Is it that of another assignment? Each has its own numbers.`,
          ]),
      ...shared.map((students) => `${named(students)} have one participant number of Moodle.`),
    ],
    notes: [],
  };
}

function participantOf(
  { student, name, handIn }: ReturnedGrade,
  roster: readonly RosterEntry[] | null,
): { readonly number: string; readonly name: string } | null {
  const known = platformNumber({ student, name, handIn });
  if (known?.of === 'moodle') return { number: known.number, name: known.name ?? name ?? '' };
  const entry = roster?.find((one) => one.student.toLowerCase() === student.toLowerCase());
  if (entry?.participant !== undefined) {
    return { number: entry.participant, name: entry.name ?? name ?? '' };
  }
  return null;
}

/** Moodle passes over names that begin with `.` or `~`; an underscore would move the number. */
function nameInFolder(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[_/\\:*?"<>|\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/^[.~\s]+/u, '')
    .trim();
  return plain === '' ? 'Participant' : plain;
}

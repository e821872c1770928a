import { type Unfinished, unfinishedWork } from '../gradebook/gradebook-entry.ts';
import type { RosterEntry } from '../roster/roster.ts';
import { canvasPlaces } from './canvas-places.ts';
import { unwritableEmails } from './mail-merge.ts';
import { moodlePlaces } from './moodle-places.ts';
import type { ReturnedGrade, ReturnFormat, ReturnPlan } from './return-place.ts';

/**
 * Says where each report goes, before any is made. A report whose points wait for a reader goes to nobody unless told
 * (`leave-out`: the others go; `as-is`: it goes and says so). Whom a platform could not know is named, never guessed.
 */
export function planReturn(options: {
  readonly format: ReturnFormat;
  readonly grades: readonly ReturnedGrade[];
  readonly roster: readonly RosterEntry[] | null;
  readonly unfinished: Unfinished;
  /** Without PDFs pages go back. */
  readonly pdf: boolean;
}): ReturnPlan {
  const { format, grades, roster, unfinished, pdf } = options;
  const { stops, notes } = unfinishedWork(grades, unfinished, {
    'leave-out': 'their reports are left out',
    'as-is': 'their reports go back and say so',
  });
  const going = grades.filter(
    ({ score, pending }) => score !== null && (pending === 0 || unfinished === 'as-is'),
  );
  if (going.length === 0 && stops.length === 0) stops.push('There is no report to give back.');
  const found = placesOf(format, going, roster, pdf);
  return {
    places: found.places,
    stops: [...stops, ...found.stops],
    notes: [...notes, ...found.notes],
  };
}

function placesOf(
  format: ReturnFormat,
  grades: readonly ReturnedGrade[],
  roster: readonly RosterEntry[] | null,
  pdf: boolean,
): ReturnPlan {
  const form = pdf ? 'pdf' : 'html';
  switch (format) {
    case 'moodle':
      return moodlePlaces(grades, roster, form);
    case 'canvas':
      return canvasPlaces(grades, roster, form);
    case 'gradescope':
    case 'folders':
      return {
        places: grades.map(({ student }) => ({ student, path: `${student}/`, form })),
        stops: [],
        notes:
          format === 'gradescope'
            ? []
            : unwritableEmails(
                grades.map(({ student }) => student),
                roster,
              ),
      };
  }
}

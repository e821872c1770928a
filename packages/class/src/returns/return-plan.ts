import { formatPlural } from '@labproof/submission';
import { named, type Unfinished } from '../gradebook/gradebook-entry.ts';
import type { RosterEntry } from '../roster/roster.ts';
import { canvasPlaces } from './canvas-places.ts';
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
  const stops: string[] = [];
  const notes: string[] = [];
  const waiting = grades.filter(({ score, pending }) => score !== null && pending > 0);
  const broken = grades.filter(({ score }) => score === null);
  const tell = unfinished === 'stop' ? stops : notes;
  if (waiting.length > 0) {
    const points = waiting.reduce((sum, { pending }) => sum + pending, 0);
    const then = {
      stop: 'read them (labproof review, or reviews.csv) and grade again, or say --unfinished leave-out or as-is',
      'leave-out': 'their reports are left out',
      'as-is': 'their reports go back and say so',
    }[unfinished];
    tell.push(
      `${formatPlural(points, 'point')} of ${named(idsOf(waiting))} ${points === 1 ? 'needs' : 'need'} manual grading: ${then}.`,
    );
  }
  if (broken.length > 0) {
    tell.push(
      `${named(idsOf(broken))}: no score, because grading itself failed. ${unfinished === 'stop' ? 'Grade again, or say --unfinished leave-out.' : 'Left out.'}`,
    );
  }
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
        notes: [],
      };
  }
}

function idsOf(grades: readonly ReturnedGrade[]): string[] {
  return grades.map(({ student }) => student);
}

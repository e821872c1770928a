import { readFileSync } from 'node:fs';
import { reasonOf } from '@labproof/core';
import { reviewError } from '../errors.ts';
import { type ReviewEvent, partsOfKey } from '../marks/event.ts';
import type { ReadingRoom } from '../room/reading-room.ts';
import { marksFile, readMarksFile } from './marks-file.ts';

/** The record of a room as a file for others to merge. */
export function exportMarks(room: ReadingRoom): string {
  return marksFile(room.lab.id, room.events);
}

/** What merging files came to. */
export interface Merged {
  /** Events that were not there before. */
  readonly added: number;
  /** Events of answers that this folder does not hold: kept, and counting as soon as it does. */
  readonly elsewhere: number;
  /** Answers on which readers now disagree. */
  readonly conflicts: number;
}

/**
 * Adds the events of exported files: all of them or, where one cannot be merged, none. Whatever the order of files and
 * merges, the same events give the same record. Throws an instructor's error.
 */
export function mergeMarks(room: ReadingRoom, paths: readonly string[]): Merged {
  const events = paths.flatMap((path) => eventsIn(path, room));
  const added = room.merge(uniqueEvents(events));
  const elsewhere = added.filter((event) => {
    const keys = keysOf(event);
    return keys.length > 0 && keys.every((key) => room.answer(key) === undefined);
  });
  const conflicts = room.waiting.answers.filter(
    (answer) => room.result(answer).state === 'conflict',
  );
  return { added: added.length, elsewhere: elsewhere.length, conflicts: conflicts.length };
}

function eventsIn(path: string, room: ReadingRoom): ReviewEvent[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw reviewError('marks-file-invalid', {
      message: `${path} cannot be read: ${reasonOf(error)}. Nothing was merged.`,
      fix: 'Name a file that "labproof review export" wrote.',
      cause: error,
    });
  }
  const { lab, events } = readMarksFile(path, text);
  const stranger = (why: string): Error =>
    reviewError('marks-file-stranger', {
      message: `${path} is not of this class: ${why}. Nothing was merged.`,
      fix: 'Merge it into the folder of the class that its marks were given for.',
    });
  if (lab !== room.lab.id)
    throw stranger(`its marks are of the lab "${lab}", this is "${room.lab.id}"`);
  const students = new Set(
    events.flatMap((event) => keysOf(event).map((key) => partsOfKey(key).student)),
  );
  const known = new Set(room.waiting.students);
  if (students.size > 0 && ![...students].some((student) => known.has(student))) {
    throw stranger('none of its students is here');
  }
  return events;
}

function keysOf({ body }: ReviewEvent): string[] {
  if (body.kind === 'markGiven') return body.answers.map(({ answer }) => answer);
  return 'answer' in body ? [body.answer] : [];
}

function uniqueEvents(events: readonly ReviewEvent[]): ReviewEvent[] {
  return [...new Map(events.map((event) => [event.id, event])).values()];
}

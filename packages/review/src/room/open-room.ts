import type { Lab } from '@labproof/lab';
import { openWaitingAnswers } from '../answers/waiting-answers.ts';
import { MarksDatabase } from '../storage/marks-database.ts';
import { fileAppeals } from './appeals.ts';
import { ReadingRoom } from './reading-room.ts';
import { syncTable, type TableSync } from './table.ts';

/** A reading room on a graded folder that nobody else has open. Close it when done. */
export interface OpenRoom {
  readonly room: ReadingRoom;
  /** Rows of `reviews.csv` that somebody has typed since the room wrote it; they are marks now. */
  readonly taken: number;
  /** Those of them that took the points of an answer back. */
  readonly emptied: number;
  /** Appeals in `appeals.csv` that were not there before. */
  readonly appeals: number;
  /** Brings `reviews.csv` and the record together. */
  sync(): TableSync;
  /** Brings them together a last time and lets others open the folder. */
  close(): void;
}

/**
 * Opens the record of marks in a graded folder, takes in what was typed into `reviews.csv` and `appeals.csv`, and writes
 * the table. Throws an instructor's error where the folder is in use, holds nothing to read, or a file cannot be read.
 */
export async function openRoom(
  folder: string,
  options: {
    readonly lab: Lab;
    readonly now: () => string;
    /** Also where nothing waits for a person. */
    readonly evenEmpty?: true;
  },
): Promise<OpenRoom> {
  const waiting = openWaitingAnswers(folder, options.lab, options.evenEmpty === true);
  let database: MarksDatabase | null = null;
  try {
    const marks = await MarksDatabase.open(folder);
    database = marks;
    const room = new ReadingRoom({ ...options, waiting, database: marks });
    const { taken, emptied } = syncTable(folder, room, marks);
    const appeals = fileAppeals(folder, room);
    return {
      room,
      taken,
      emptied,
      appeals,
      sync: () => syncTable(folder, room, marks),
      close: () => {
        try {
          syncTable(folder, room, marks);
        } finally {
          marks.close();
          waiting.close();
        }
      },
    };
  } catch (error) {
    database?.close();
    waiting.close();
    throw error;
  }
}

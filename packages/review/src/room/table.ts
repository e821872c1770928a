import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REVIEWS_FILE, fillReviews, readReviews, tableDigest } from '@labproof/class';
import { z } from 'zod';
import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import { answerKey, type EventBody, SPREADSHEET } from '../marks/event.ts';
import type { MarksDatabase } from '../storage/marks-database.ts';
import type { ReadingRoom } from './reading-room.ts';

/** Where the database notes what the table said when the room last wrote it, and the digest of that table. */
const WRITTEN = 'table';
const DIGEST = 'table-digest';

/** Points and words by answer. */
const CellsSchema = z.record(z.string(), z.tuple([z.number().nullable(), z.string()]));
type Cells = z.infer<typeof CellsSchema>;

/** What came of bringing record and table together. */
export interface TableSync {
  /** Rows that somebody changed in the table, which are marks of the reader "spreadsheet" now. */
  readonly taken: number;
}

/**
 * Brings `reviews.csv` and the record together, both ways: what somebody has typed into the table since the room wrote it
 * becomes marks of the reader "spreadsheet", then the table is written with what stands. Throws an instructor's error
 * where the table cannot be read; nothing is then written.
 */
export function syncTable(folder: string, room: ReadingRoom, database: MarksDatabase): TableSync {
  const path = join(folder, REVIEWS_FILE);
  if (!existsSync(path)) return { taken: 0 };
  const note = database.note(WRITTEN);
  const before = note === null ? {} : CellsSchema.parse(JSON.parse(note));
  const isAsWritten = database.note(DIGEST) === tableDigest(folder);
  // A kill between the table and the note of it left the table as the room would write it now.
  const taken = isAsWritten ? [] : typed(path, room, [before, cellsOf(rowsOf(room))]);
  room.actAll(SPREADSHEET, taken);
  const rows = rowsOf(room);
  const next = cellsOf(rows);
  if (!isAsWritten || JSON.stringify(before) !== JSON.stringify(next)) {
    fillReviews(
      folder,
      room.lab,
      // Words that nobody has taken into the room yet stay where they were typed.
      rows.map((row) => ({
        ...row,
        comment: row.comment === '' && before[row.key] === undefined ? null : row.comment,
      })),
    );
    database.setNote(WRITTEN, JSON.stringify(next));
    database.setNote(DIGEST, tableDigest(folder) ?? '');
  }
  return { taken: taken.length };
}

interface Row {
  readonly key: string;
  readonly student: string;
  readonly question: string;
  readonly points: number | null;
  readonly comment: string;
  readonly digest: string | null;
}

/** What stands, for the table. Answers about which nobody has said anything have empty cells. */
function rowsOf(room: ReadingRoom): Row[] {
  return room.waiting.answers.map((answer) => ({
    key: answer.key,
    student: answer.student,
    question: answer.question,
    ...decisionOn(room, answer),
  }));
}

function decisionOn(
  room: ReadingRoom,
  answer: WaitingAnswer,
): Pick<Row, 'points' | 'comment' | 'digest'> {
  const result = room.result(answer);
  switch (result.state) {
    case 'unread':
      return { points: null, comment: '', digest: null };
    case 'undecided':
      return { points: null, comment: result.comment, digest: null };
    case 'marked':
      return { points: result.points, comment: result.comment, digest: answer.digest };
    case 'conflict': {
      const words = result.marks.map(({ mark }) => mark.comment.trim()).filter(Boolean);
      return { points: null, comment: [...new Set(words)].join('\n\n'), digest: null };
    }
    case 'stale':
      // Where the answer is the same the rubric is another: it waits, and the record holds what was given.
      return result.why === 'answer'
        ? { points: result.points, comment: result.comment, digest: result.former.digest }
        : { points: null, comment: result.comment, digest: null };
  }
}

function cellsOf(rows: readonly Row[]): Cells {
  return Object.fromEntries(
    rows
      .filter(({ points, comment }) => points !== null || comment !== '')
      .map(({ key, points, comment }) => [key, [points, comment.trim()]]),
  );
}

/** Marks for the rows that say something else than any of the given cells. */
function typed(path: string, room: ReadingRoom, known: readonly Cells[]): EventBody[] {
  const { reviews, open } = readReviews(path, room.lab, room.waiting.students, 'keep');
  const said = [
    ...reviews.map(({ student, question, points, comment, answer }) => ({
      key: answerKey(student, question),
      points,
      comment,
      digest: answer,
    })),
    ...open.map(({ student, question, comment }) => ({
      key: answerKey(student, question),
      points: null,
      comment,
      digest: null,
    })),
  ];
  return said.flatMap(({ key, points, comment, digest }) => {
    const words = comment.trim();
    const isKnown = known.some((cells) => {
      const [asWritten, asWords] = cells[key] ?? [null, ''];
      return asWritten === points && asWords === words;
    });
    if (isKnown || room.answer(key) === undefined) return [];
    const mark = { items: {}, fixed: points, comment, doubtful: false, decided: points !== null };
    return [
      room.markBody(SPREADSHEET, {
        answers: [key],
        mark,
        ground: 'table',
        digests: new Map([[key, digest]]),
      }),
    ];
  });
}

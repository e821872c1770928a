import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  csvLines,
  fillReviews,
  type GivenItem,
  givenText,
  readReviews,
  REVIEWS_FILE,
  tableDigest,
} from '@labproof/class';
import { z } from 'zod';
import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import { answerKey, type EventBody, type Mark, SPREADSHEET } from '../marks/event.ts';
import { givenItems, pointsOf } from '../marks/points.ts';
import type { Item } from '../marks/rubric.ts';
import type { MarksDatabase } from '../storage/marks-database.ts';
import type { ReadingRoom } from './reading-room.ts';

/** Where the database notes what the table said when the room last wrote it, and the digest of that table. */
const WRITTEN = 'table';
const DIGEST = 'table-digest';

/** Points, words and, where there are any, given items by answer, as cells hold them. */
const CellsSchema = z.record(z.string(), z.tuple([z.number().nullable(), z.string()], z.string()));
type Cells = z.infer<typeof CellsSchema>;

/** What came of bringing record and table together. */
export interface TableSync {
  /** Rows that somebody changed in the table, which are marks of the reader "spreadsheet" now. */
  readonly taken: number;
  /** How many of them took the points of an answer back, which has no mark now. */
  readonly emptied: number;
}

/**
 * Brings `reviews.csv` and the record together, both ways: what somebody has typed into the table since the room wrote it
 * becomes marks of the reader "spreadsheet", then the table is written with what stands. Throws an instructor's error
 * where the table cannot be read; nothing is then written.
 */
export function syncTable(folder: string, room: ReadingRoom, database: MarksDatabase): TableSync {
  const path = join(folder, REVIEWS_FILE);
  if (!existsSync(path)) return { taken: 0, emptied: 0 };
  const note = database.note(WRITTEN);
  const before = note === null ? {} : cellsIn(note);
  const isAsWritten = database.note(DIGEST) === tableDigest(folder);
  // A kill between the table and the note of it left the table as the room would write it now.
  const taken = isAsWritten ? [] : typed(path, room, [before, cellsOf(rowsOf(room))]);
  const emptied = taken.filter(
    (body) =>
      body.kind === 'markGiven' &&
      !body.mark.decided &&
      body.answers.some(({ answer: key }) => {
        const answer = room.answer(key);
        return answer !== undefined && room.result(answer).state === 'marked';
      }),
  ).length;
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
        given: row.points === null && before[row.key] === undefined ? null : row.given,
      })),
    );
    database.setNote(WRITTEN, JSON.stringify(next));
    database.setNote(DIGEST, tableDigest(folder) ?? '');
  }
  return { taken: taken.length, emptied };
}

/** What was noted; nothing where the note is damaged, which only makes the table be read and written anew. */
function cellsIn(note: string): Cells {
  try {
    return CellsSchema.parse(JSON.parse(note));
  } catch {
    return {};
  }
}

interface Row {
  readonly key: string;
  readonly student: string;
  readonly question: string;
  readonly points: number | null;
  readonly comment: string;
  readonly given: readonly GivenItem[];
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
): Pick<Row, 'points' | 'comment' | 'given' | 'digest'> {
  const result = room.result(answer);
  switch (result.state) {
    case 'unread':
      return { points: null, comment: '', given: [], digest: null };
    case 'undecided':
      return { points: null, comment: result.comment, given: [], digest: null };
    case 'marked': {
      const { points, comment, given } = result;
      return { points, comment, given, digest: answer.digest };
    }
    case 'conflict': {
      const words = result.marks.map(({ mark }) => mark.comment.trim()).filter(Boolean);
      return { points: null, comment: [...new Set(words)].join('\n\n'), given: [], digest: null };
    }
    case 'stale':
      // Where the answer is the same the rubric is another: it waits, and the record holds what was given.
      return result.why === 'answer'
        ? {
            points: result.points,
            comment: result.comment,
            given: givenItems(result.former.mark, room.items(answer.question)),
            digest: result.former.digest,
          }
        : { points: null, comment: result.comment, given: [], digest: null };
  }
}

function cellsOf(rows: readonly Row[]): Cells {
  return Object.fromEntries(
    rows
      .filter(({ points, comment }) => points !== null || comment !== '')
      .map(({ key, points, comment, given }) => [
        key,
        [points, csvLines(comment), ...(given.length === 0 ? [] : [givenText(given)])],
      ]),
  );
}

/** Marks for the rows that say something else than any of the given cells. */
function typed(path: string, room: ReadingRoom, known: readonly Cells[]): EventBody[] {
  const { reviews, open } = readReviews(path, room.lab, room.waiting.students, 'keep');
  const said = [
    ...reviews.map(({ student, question, points, comment, given = [], answer }) => ({
      key: answerKey(student, question),
      points,
      comment,
      given,
      digest: answer,
    })),
    ...open.map(({ student, question, comment }) => ({
      key: answerKey(student, question),
      points: null,
      comment,
      given: [],
      digest: null,
    })),
  ];
  return said.flatMap(({ key, points, comment, given, digest }) => {
    const words = csvLines(comment);
    const isKnown = known.some((cells) => {
      const [asWritten, asWords] = cells[key] ?? [null, ''];
      return asWritten === points && csvLines(asWords) === words;
    });
    const answer = room.answer(key);
    if (isKnown || answer === undefined) return [];
    const plain = { items: {}, fixed: points, comment, doubtful: false, decided: points !== null };
    const mark = withItems(plain, given, room.items(answer.question)) ?? plain;
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

/**
 * A mark of points with the items that the table names beside them, as a table has them whose record was lost; `null`
 * where they are not those of the rubric, or do not add up to the points.
 */
function withItems(mark: Mark, given: readonly GivenItem[], items: readonly Item[]): Mark | null {
  const shares = given.flatMap(({ concept, points, of }): [string, number][] => {
    const item = items.find((entry) => entry.concept === concept && entry.points === of);
    const share = points / of;
    return item === undefined || !(share > 0 && share <= 1) ? [] : [[item.id, share]];
  });
  if (shares.length === 0 || shares.length < given.length) return null;
  const found = { ...mark, items: Object.fromEntries(shares), fixed: null };
  return pointsOf(found, items, Number.POSITIVE_INFINITY) === mark.fixed ? found : null;
}

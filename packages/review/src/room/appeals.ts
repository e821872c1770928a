import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '@labproof/core';
import { readCsvAsWritten, studentId } from '@labproof/class';
import { reviewError } from '../errors.ts';
import { answerKey, type EventBody } from '../marks/event.ts';
import type { ReadingRoom } from './reading-room.ts';

/** Where students' appeals are put: a row each, with the columns student, question, item and text. */
const APPEALS_FILE = 'appeals.csv';

/**
 * Takes the appeals of a graded folder into the record; one that is there already stays as it is, whatever became of
 * it. Gives how many are new. Throws one instructor's error that lists every row that fits nothing; none is then taken.
 */
export function fileAppeals(folder: string, room: ReadingRoom): number {
  const path = join(folder, APPEALS_FILE);
  if (!existsSync(path)) return 0;
  const { header, rows } = readCsvAsWritten(path);
  const names = header.map((cell) => cell.trim().toLowerCase());
  const known = new Set(room.record.appeals.map(({ appeal }) => appeal));
  const problems = ['student', 'question', 'text']
    .filter((name) => !names.includes(name))
    .map((name) => `the column "${name}" is missing`);
  const filed: EventBody[] = [];
  if (problems.length === 0) {
    for (const [index, row] of rows.entries()) {
      const cell = (name: string): string =>
        (row[names.indexOf(name)] ?? '').replace(/^'/u, '').trim();
      const appeal = appealIn(cell, room);
      if (typeof appeal === 'string') problems.push(`row ${index + 2}: ${appeal}`);
      else if (!known.has(appeal.appeal)) {
        known.add(appeal.appeal);
        filed.push(appeal);
      }
    }
  }
  if (problems.length > 0) {
    throw reviewError('appeals-invalid', {
      message: `${path} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}: ${problems.join('; ')}.`,
      fix: 'Correct these rows and start again; nothing of the file was taken in.',
    });
  }
  // They come from students; the name of the reader is whoever files them, and that is the table.
  room.actAll(APPEALS_READER, filed);
  return filed.length;
}

/** Who the record names for what stood in the file of appeals. */
const APPEALS_READER = 'appeals';

type AppealBody = Extract<EventBody, { kind: 'appealFiled' }>;

/** The appeal of a row, or why it is none. */
function appealIn(cell: (name: string) => string, room: ReadingRoom): AppealBody | string {
  const written = cell('student');
  const student = room.waiting.students.find(
    (known) => known.toLowerCase() === studentId(written).toLowerCase(),
  );
  if (student === undefined) return `there is no submission of "${written}"`;
  const asked = cell('question').toLowerCase();
  const question = room.lab.questions.find(({ id }) => id === asked || id === `q${asked}`);
  if (question === undefined) return `the lab has no question "${asked}"`;
  const answer = answerKey(student, question.id);
  if (room.answer(answer) === undefined) {
    return `no person has points to give for ${question.id} of ${student}: its checks decide alone`;
  }
  const about = cell('item');
  const item = room
    .items(question.id)
    .find(({ id, concept }) => id === about || concept.toLowerCase() === about.toLowerCase());
  if (about !== '' && item === undefined) return `${question.id} has no item "${about}"`;
  const text = cell('text');
  if (text === '') return 'it says nothing (column "text")';
  const said = { answer, item: item?.id ?? null, text: text.slice(0, 20_000) };
  return { kind: 'appealFiled', appeal: hashOf(said).slice(0, 16), ...said };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { closestName, hashOf } from '@labproof/core';
import { readCsvAsWritten, studentId } from '@labproof/class';
import type { WaitingAnswers } from '../answers/waiting-answers.ts';
import { reviewError } from '../errors.ts';
import { answerKey, type EventBody } from '../marks/event.ts';
import type { ReadingRoom } from './reading-room.ts';

/** Where students' appeals are put: a row each, with the columns student, question, item and text. */
const APPEALS_FILE = 'appeals.csv';

/** Characters of an appeal that are kept. */
const LONGEST = 20_000;

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
    .map(
      (name) => `the column "${name}" is missing (its first line is "student,question,item,text")`,
    );
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
  const found = studentIn(cell('student'), room.waiting);
  if ('problem' in found) return found.problem;
  const { student } = found;
  const asked = cell('question').toLowerCase();
  const question = room.lab.questions.find(({ id }) => id === asked || id === `q${asked}`);
  if (question === undefined) {
    return asked === ''
      ? 'it names no question (column "question")'
      : `the lab has no question "${asked}" (column "question": q1 or 1)`;
  }
  const answer = answerKey(student, question.id);
  const text = cell('text').slice(0, LONGEST);
  const before = room.record.appeals.find(
    (known) => known.answer === answer && known.text === text,
  );
  // It was taken in before; what has become of the answer since does not make the file wrong.
  if (before !== undefined && room.answer(answer) === undefined) {
    const { appeal, item } = before;
    return { kind: 'appealFiled', appeal, answer, item, text };
  }
  if (room.answer(answer) === undefined) {
    return `no person has points to give for ${question.id} of ${student}: its checks decide alone`;
  }
  const about = cell('item');
  const item = room
    .items(question.id)
    .find(({ id, concept }) => id === about || concept.toLowerCase() === about.toLowerCase());
  if (about !== '' && item === undefined) return `${question.id} has no item "${about}"`;
  if (text === '') return 'it says nothing (column "text")';
  const said = { answer, item: item?.id ?? null, text };
  return { kind: 'appealFiled', appeal: hashOf(said).slice(0, 16), ...said };
}

/** Who a cell means: the id as the graded folder has it, or a name that one student of the class has. Nothing is guessed. */
function studentIn(
  written: string,
  { students, names }: WaitingAnswers,
): { readonly student: string } | { readonly problem: string } {
  if (written === '') return { problem: 'it names no student (column "student")' };
  const id = studentId(written).toLowerCase();
  const byId = students.filter((known) => known.toLowerCase() === id);
  const name = plain(written);
  const byName = students.filter((known) => plain(names.get(known) ?? '') === name);
  const found = [...new Set([...byId, ...byName])];
  const [student] = found;
  if (student === undefined) {
    const near = closestName(written, students) ?? students[0] ?? 'amy';
    return {
      problem: `there is no submission of "${written}": the column "student" takes the id of the graded folder, such as "${near}", or the whole name as the class list has it`,
    };
  }
  if (found.length > 1) {
    return {
      problem: `"${written}" is ${found.length === 2 ? 'either of' : 'any of'} ${found.slice(0, 5).join(', ')}: write the id`,
    };
  }
  return { student };
}

function plain(name: string): string {
  return name.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}

import type { Lab, Question } from '@labproof/lab';
import { typedNumber } from '@labproof/submission';
import { studentId } from '../hand-ins/student-id.ts';
import { DIGEST_MARK } from './review-rows.ts';

/** The cells of one row by the names of their columns, as they are written. */
export type RawRow = Readonly<Record<string, string>>;

/** Whom and what a row is about, as far as it says. */
export interface RowIdentity {
  readonly student: string;
  /** As it is written, for messages. */
  readonly written: string;
  readonly question: Question | undefined;
  readonly asked: string;
  /** Why the row cannot be understood; else `null`. */
  readonly problem: string | null;
}

/**
 * Reads whom and what a row is about. The column `row` (`amy:q1`) is what a spreadsheet leaves alone; where it says other
 * things than `student` and `question`, and not only because a spreadsheet took the zeros off a number, nothing is guessed.
 */
export function identityOf(row: RawRow, lab: Lab): RowIdentity {
  const [keyStudent, keyQuestion] = splitKey(withoutApostrophe(row['row'] ?? ''));
  const written = withoutApostrophe(row['student'] ?? '');
  const asked = row['question'] ?? '';
  const question = questionOf(lab, keyQuestion ?? asked);
  const student = studentId(keyStudent ?? written);
  const identity = {
    student,
    written: keyStudent ?? written,
    question,
    asked: keyQuestion ?? asked,
  };
  if (keyStudent !== null && written !== '' && !sameStudent(keyStudent, written)) {
    return {
      ...identity,
      problem: `its column "row" says ${keyStudent} and its column "student" says ${written}; correct the wrong one, or empty "row"`,
    };
  }
  if (keyQuestion !== null && asked !== '' && questionOf(lab, asked)?.id !== question?.id) {
    return {
      ...identity,
      problem: `its column "row" says ${keyQuestion} and its column "question" says ${asked}; correct the wrong one, or empty "row"`,
    };
  }
  return { ...identity, problem: null };
}

/** What to say of an id that nobody has: a spreadsheet may have made another number of it. */
export function hintFor(written: string, students: readonly string[]): string {
  if (isExponential(written)) {
    return ' (a spreadsheet has shortened a long number; format the column as text)';
  }
  const bare = students.filter((student) => sameStudent(student, written));
  return bare.length === 0
    ? ''
    : ` (has a spreadsheet taken the zeros off ${bare.join(' or ')}? Format the column as text)`;
}

/**
 * The digest of an answer that a cell names: `null` for an empty cell, `mangled` for what no digest is.
 * Tables of earlier versions have it without a mark.
 */
export function digestIn(cell: string): string | null | 'mangled' {
  const plain = withoutApostrophe(cell).toLowerCase().replace(DIGEST_MARK, '');
  if (plain === '') return null;
  return /^[0-9a-f]{16}$/u.test(plain) ? plain : 'mangled';
}

/** A number of points, with a point or a comma; `null` for everything else. No question gives a thousand. */
export function pointsIn(cell: string): number | null {
  return /^\d[\d.,]*$/u.test(cell) ? typedNumber(cell, 'small') : null;
}

function splitKey(key: string): [string, string] | [null, null] {
  const at = key.lastIndexOf(':');
  return at <= 0 ? [null, null] : [key.slice(0, at), key.slice(at + 1)];
}

function questionOf(lab: Lab, asked: string): Question | undefined {
  const id = asked.toLowerCase();
  return lab.questions.find((question) => question.id === id || question.id === `q${id}`);
}

/** The apostrophe that keeps a spreadsheet from running text. */
function withoutApostrophe(cell: string): string {
  return cell.replace(/^'/u, '').trim();
}

function sameStudent(a: string, b: string): boolean {
  if (studentId(a).toLowerCase() === studentId(b).toLowerCase()) return true;
  if (isExponential(a) || isExponential(b)) return true;
  return /^\d+$/u.test(a) && /^\d+$/u.test(b) && withoutZeros(a) === withoutZeros(b);
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/u, '');
}

/** `1.23457E+14`. */
function isExponential(cell: string): boolean {
  return /^\d(?:[.,]\d+)?E\+\d+$/iu.test(cell);
}

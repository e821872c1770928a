import { readFileSync } from 'node:fs';
import { type Lab, questionPoints } from '@labproof/lab';
import { z } from 'zod';
import { instructorError, reasonOf } from '@labproof/submission';
import { assertNoProblems, readCsvTable } from '../tables/csv-table.ts';
import type { Review } from './reviews.ts';
import { studentId } from '../hand-ins/student-id.ts';

/** Reviews as a file states them, and where it leaves the points open. */
export interface ReviewsFile {
  readonly reviews: readonly Review[];
  /** Rows without points: not read yet, or taken back. */
  readonly open: readonly { readonly student: string; readonly question: string }[];
  /** Rows that fit no submission or question of today; only where they are to be passed over. */
  readonly passedOver: readonly string[];
}

const COLUMNS = ['student', 'question', 'points'] as const;
type Row = Readonly<Record<string, string>>;

const JsonSchema = z.array(
  z.looseObject({
    student: z.string(),
    question: z.string(),
    points: z.union([z.number(), z.string()]).nullish(),
    comment: z.string().nullish(),
    answer_digest: z.string().nullish(),
  }),
);

/**
 * Reads manual points: a CSV with the columns student, question, points and, optionally, comment and answer_digest,
 * or JSON, a list of objects with these fields. Other columns are not looked at. The points are those for the checks
 * of the question that wait for a person; a row without points decides nothing.
 * Throws one instructor's error that lists every problem; who and what is not there (any more) is one of them unless
 * `strangers` says otherwise.
 */
export function readReviews(
  path: string,
  lab: Lab,
  students: readonly string[],
  strangers: 'refuse' | 'pass-over' = 'refuse',
): ReviewsFile {
  const rows = path.toLowerCase().endsWith('.json') ? rowsFromJson(path) : rowsFromCsv(path);
  const known = new Set(students);
  const seen = new Set<string>();
  const reviews: Review[] = [];
  const open: { student: string; question: string }[] = [];
  const problems: string[] = [];
  const passedOver: string[] = [];
  const strange = strangers === 'refuse' ? problems : passedOver;
  for (const [index, row] of rows.entries()) {
    const line = `row ${index + 2}`;
    const student = studentId(row['student'] ?? '');
    const asked = (row['question'] ?? '').toLowerCase();
    const question = lab.questions.find(({ id }) => id === asked || id === `q${asked}`);
    if (!known.has(student)) strange.push(`${line}: there is no submission of "${row['student']}"`);
    if (question === undefined)
      strange.push(`${line}: the lab has no question "${row['question']}"`);
    if (question === undefined || (!known.has(student) && strangers === 'pass-over')) continue;
    const key = `${student} ${question.id}`;
    if (seen.has(key)) problems.push(`${line}: ${student} has a second row for ${question.id}`);
    seen.add(key);
    const written = row['points'] ?? '';
    if (written === '') {
      open.push({ student, question: question.id });
      continue;
    }
    const points = /^\d+(?:[.,]\d+)?$/u.test(written) ? Number(written.replace(',', '.')) : null;
    if (points === null) {
      problems.push(`${line}: "${written}" is not a number of points`);
      continue;
    }
    if (points > questionPoints(question)) {
      problems.push(
        `${line}: ${written} points are more than the ${questionPoints(question)} of ${question.id}`,
      );
    }
    const digest = row['answer_digest'] ?? '';
    reviews.push({
      student,
      question: question.id,
      points,
      comment: row['comment'] ?? '',
      answer: digest === '' ? null : digest,
    });
  }
  assertNoProblems(path, 'reviews-invalid', problems);
  return { reviews, open, passedOver };
}

function rowsFromCsv(path: string): Row[] {
  const { header, rows } = readCsvTable(path);
  const missing = COLUMNS.filter((column) => !header.includes(column));
  assertNoProblems(
    path,
    'reviews-invalid',
    missing.map((column) => `the column "${column}" is missing`),
  );
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}

function rowsFromJson(path: string): Row[] {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw instructorError(
      'reviews-unreadable',
      `${path} cannot be read as JSON: ${reasonOf(error)}.`,
      'Check the path and the file.',
      error,
    );
  }
  const parsed = JsonSchema.safeParse(document);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path: at, message }) => `${at.join('.')}: ${message}`,
    );
    assertNoProblems(path, 'reviews-invalid', problems);
  }
  return (parsed.data ?? []).map(
    ({ student, question, points, comment, answer_digest: digest }) => ({
      student,
      question,
      points: points === null || points === undefined ? '' : String(points),
      comment: comment ?? '',
      answer_digest: digest ?? '',
    }),
  );
}

import { issuesText, reasonOf } from '@labproof/core';
import { readFileSync } from 'node:fs';
import { type Lab, questionPoints } from '@labproof/lab';
import { z } from 'zod';
import { assertNoProblems, readCsvTable } from '../tables/csv-table.ts';
import { linesInCell } from '../tables/csv-cell.ts';
import { givenIn } from './given-items.ts';
import { type RawRow, digestIn, hintFor, identityOf, pointsIn } from './review-fields.ts';
import type { Review } from './reviews.ts';
import { holdsInput, secondRows } from './second-rows.ts';
import { classError } from '../errors.ts';

/** Reviews as a file states them, and where it leaves the points open. */
export interface ReviewsFile {
  readonly reviews: readonly Review[];
  /** Rows without points: not read yet, or taken back. */
  readonly open: readonly {
    readonly student: string;
    readonly question: string;
    readonly comment: string;
  }[];
  /** Rows with a person's points or words that fit no submission or question of today; only where they are kept. */
  readonly kept: readonly KeptRow[];
}

/** A row that does not count today, as it is written, why, and what makes it count. */
interface KeptRow {
  readonly cells: RawRow;
  readonly why: string;
  readonly back: string;
}

const BACK_WHEN_GRADED =
  'count again when that student and question are graded; where they are meant for somebody else, correct its columns row, student and question';

const COLUMNS = ['student', 'question', 'points'] as const;

const JsonSchema = z.array(
  z.looseObject({
    student: z.string(),
    question: z.string(),
    points: z.union([z.number(), z.string()]).nullish(),
    comment: z.string().nullish(),
    answer_digest: z.string().nullish(),
    row: z.string().nullish(),
    former_points: z.union([z.number(), z.string()]).nullish(),
    former_digest: z.string().nullish(),
    given: z.string().nullish(),
  }),
);

/**
 * Reads manual points: a CSV with the columns student, question, points and, optionally, comment, answer_digest, row,
 * former_points, former_digest and given, or JSON, a list of objects with these fields. Other columns are not looked at. The
 * points are those for the checks of the question that wait for a person; a row without points decides nothing, unless it
 * holds points for a former answer, which count again when the answer is that one.
 * Throws one instructor's error that lists every problem. Who and what is not there (any more) is one of them, unless
 * `strangers` says that such rows are kept.
 */
export function readReviews(
  path: string,
  lab: Lab,
  students: readonly string[],
  strangers: 'refuse' | 'keep' = 'refuse',
): ReviewsFile {
  const rows = path.toLowerCase().endsWith('.json') ? rowsFromJson(path) : rowsFromCsv(path);
  const byId = new Map(students.map((student) => [student.toLowerCase(), student]));
  const seen = new Set<string>();
  const reviews: Review[] = [];
  const open: { student: string; question: string; comment: string }[] = [];
  const problems: string[] = [];
  const kept: KeptRow[] = [];
  const second = strangers === 'keep' ? secondRows(rows, lab) : null;
  for (const [index, row] of rows.entries()) {
    const line = `row ${index + 2}`;
    const { student: named, written: writtenId, question, asked, problem } = identityOf(row, lab);
    if (problem !== null) {
      problems.push(`${line}: ${problem}`);
      continue;
    }
    if (second?.empty.has(row) === true) continue;
    if (second?.outdone.has(row) === true) {
      kept.push({
        cells: row,
        why: `another row of ${writtenId} for ${asked} has points, which count`,
        back: 'count when those are taken out of the other row; else remove this row',
      });
      continue;
    }
    const student = byId.get(named.toLowerCase());
    const absent = [
      ...(student === undefined
        ? [`there is no submission of "${writtenId}"${hintFor(writtenId, students)}`]
        : []),
      ...(question === undefined ? [`the lab has no question "${asked}"`] : []),
    ];
    if (student === undefined || question === undefined) {
      if (strangers === 'refuse') problems.push(...absent.map((why) => `${line}: ${why}`));
      else if (holdsInput(row)) {
        kept.push({ cells: row, why: absent.join(', and '), back: BACK_WHEN_GRADED });
      }
      continue;
    }
    const key = `${student} ${question.id}`;
    if (seen.has(key)) problems.push(`${line}: ${student} has a second row for ${question.id}`);
    seen.add(key);
    const now = row['points'] ?? '';
    const isFormer = now === '' && (row['former_points'] ?? '') !== '';
    const written = isFormer ? (row['former_points'] ?? '') : now;
    if (written === '') {
      open.push({ student, question: question.id, comment: linesInCell(row['comment'] ?? '') });
      continue;
    }
    const points = pointsIn(written);
    if (points === null) {
      problems.push(
        `${line}: "${written}" is not a number of points (a spreadsheet may have made a date of it)`,
      );
      continue;
    }
    if (points > questionPoints(question)) {
      const why = `${written} ${written === '1' ? 'point is' : 'points are'} more than the ${questionPoints(question)} of ${question.id}`;
      if (strangers === 'refuse') problems.push(`${line}: ${why}`);
      else {
        const back = `count again where ${question.id} is worth as much; to give other points, enter them in the row of ${student} that waits`;
        kept.push({ cells: row, why, back });
      }
      continue;
    }
    const digest = digestIn(row[isFormer ? 'former_digest' : 'answer_digest'] ?? '');
    if (digest === 'mangled') {
      problems.push(
        `${line}: "${row[isFormer ? 'former_digest' : 'answer_digest']}" is no digest of an answer (a spreadsheet may have made a number of it); empty the cell to give the points whatever the answer says now`,
      );
      continue;
    }
    const given = givenIn(linesInCell(row['given'] ?? ''));
    reviews.push({
      student,
      question: question.id,
      points,
      comment: linesInCell(row['comment'] ?? ''),
      answer: digest,
      ...(given.length === 0 ? {} : { given }),
      ...(isFormer ? { former: true } : {}),
    });
  }
  assertNoProblems(path, 'reviews-invalid', problems);
  return { reviews, open, kept };
}

/** The rows of a CSV of reviews as they are written, their columns by name. */
export function rowsFromCsv(path: string): RawRow[] {
  const { header, rows, separator } = readCsvTable(path);
  const missing = COLUMNS.filter((column) => !header.includes(column));
  assertNoProblems(
    path,
    'reviews-invalid',
    missing.map((column) => `the column "${column}" is missing`),
  );
  const at = header.indexOf('points');
  const doubtful = rows.flatMap((row, index) =>
    separator === ',' && isTornNumber(row[at] ?? '', row[at + 1] ?? '') ? [index] : [],
  );
  assertNoProblems(
    path,
    'reviews-invalid',
    doubtful.map((index) => {
      const [points = '', next = ''] = (rows[index] ?? []).slice(at);
      return `row ${index + 2}: ${points} points and "${next}" behind them, or ${points}.${next} points with a comma? Write "${points},${next}" in quotation marks or ${points}.${next}; else write ${points}.0, or more than digits behind it`;
    }),
  );
  return rows.map((row) =>
    Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])),
  );
}

/** Digits in the cell behind whole points: where cells end at commas, that is what becomes of "0,5". */
function isTornNumber(points: string, next: string): boolean {
  return /^\d{1,4}$/u.test(points) && /^\d{1,3}$/u.test(next);
}

function rowsFromJson(path: string): RawRow[] {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw classError('reviews-unreadable', {
      message: `${path} cannot be read as JSON: ${reasonOf(error)}.`,
      fix: 'Name the file of the points, and restore it from a copy where it is damaged. What is read is a list: [{"student": "amy", "question": "q1", "points": 2}], or a CSV with these columns.',
      cause: error,
    });
  }
  const parsed = JsonSchema.safeParse(document);
  if (!parsed.success) {
    assertNoProblems(path, 'reviews-invalid', [issuesText(parsed.error.issues)]);
  }
  return (parsed.data ?? []).map(
    ({ student, question, points, comment, answer_digest: digest, row, ...former }) => ({
      student,
      question,
      points: numberText(points),
      comment: comment ?? '',
      answer_digest: digest ?? '',
      row: row ?? '',
      former_points: numberText(former.former_points),
      former_digest: former.former_digest ?? '',
      given: former.given ?? '',
    }),
  );
}

function numberText(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

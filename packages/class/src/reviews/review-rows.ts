import type { Lab } from '@labproof/lab';
import { type Evidence, type Grade, textsToRead } from '@labproof/grader';
import { formatDecimal } from '@labproof/submission';
import { csvLines, csvRow, csvText } from '../tables/csv-cell.ts';
import { givenText } from './given-items.ts';
import { type Review, type ReviewState, answerDigest } from './reviews.ts';

/** One question of one student for a person to read, as a row of a table that is filled in and given back. */
export interface ReviewRow {
  /** `student:question`: who and what, in a form that no spreadsheet takes for a number or a date. */
  readonly row: string;
  readonly student: string;
  readonly name: string;
  readonly question: string;
  readonly title: string;
  /** Most points that can be given. */
  readonly max: number;
  /** Points given by a person; `null` while it waits. */
  readonly points: number | null;
  readonly comment: string;
  /**
   * `waiting`, `given`, `stale` (the answer has changed since somebody read it), or `kept`: it fits no submission or
   * question of this grading and counts again as soon as one fits.
   */
  readonly state: 'waiting' | 'given' | 'stale' | 'kept';
  /** What the checks suggest, where they suggest anything. */
  readonly suggested: number | null;
  readonly answer: string;
  readonly rubric: string;
  readonly answer_digest: string;
  /** Points that were given for an earlier answer; they count again when that answer does. */
  readonly former_points: number | null;
  /** Digest of that answer. */
  readonly former_digest: string;
  /** What of the rubric was given, a line an item (`givenText`); it counts where it adds up to the points. */
  readonly given: string;
}

/** Longest answer in a table; spreadsheets end a cell at 32,767 characters. */
const LONGEST_ANSWER = 4000;

const REVIEW_COLUMNS = [
  'row',
  'student',
  'name',
  'question',
  'title',
  'max',
  'points',
  'comment',
  'state',
  'suggested',
  'answer',
  'rubric',
  'answer_digest',
  'former_points',
  'former_digest',
  'given',
] as const satisfies readonly (keyof ReviewRow)[];

/**
 * What of one student waits for a person and what a person has given, by question. `bare` is the grade without
 * reviews, `applied` what became of each review, by question.
 */
export function reviewRowsOf(
  lab: Lab,
  bare: Grade,
  applied: ReadonlyMap<string, { readonly review: Review; readonly state: ReviewState }>,
): ReviewRow[] {
  return lab.questions.flatMap((question): ReviewRow[] => {
    const outcome = bare.outcomes.find((entry) => entry.question === question.id);
    const given = applied.get(question.id);
    if (outcome === undefined || (outcome.pending === 0 && given === undefined)) return [];
    const counts = given?.state === 'applied' || given?.state === 'not-applied';
    return [
      {
        row: `${bare.student}:${question.id}`,
        student: bare.student,
        name: bare.name ?? '',
        question: question.id,
        title: question.title,
        max: outcome.pending,
        points: given !== undefined && counts ? given.review.points : null,
        comment: given?.review.comment ?? '',
        state: given === undefined ? 'waiting' : given.state === 'stale' ? 'stale' : 'given',
        suggested: suggestionIn(outcome.evidence),
        answer: textsToRead(bare, question.id)
          .map(({ text }) => text)
          .join('\n')
          .slice(0, LONGEST_ANSWER),
        rubric: rubricIn(outcome.evidence),
        answer_digest: `${DIGEST_MARK}${answerDigest(bare, question.id)}`,
        former_points: given?.state === 'stale' ? given.review.points : null,
        former_digest: given?.state === 'stale' ? `${DIGEST_MARK}${given.review.answer ?? ''}` : '',
        given: counts || given?.state === 'stale' ? givenText(given.review.given ?? []) : '',
      },
    ];
  });
}

/** Without it a spreadsheet takes digits and an e for a number, and saves another one. */
export const DIGEST_MARK = 'sha256:';

/** Rows by question, in the order of the lab, so that one reads all answers to a question in a row. */
export function byQuestion(lab: Lab, rows: readonly ReviewRow[]): ReviewRow[] {
  const known = new Set(lab.questions.map(({ id }) => id));
  return [
    ...lab.questions.flatMap(({ id }) => rows.filter(({ question }) => question === id)),
    ...rows.filter(({ question }) => !known.has(question)),
  ];
}

/** Columns in which what was typed as lines stays lines. */
const LINES: ReadonlySet<string> = new Set(['comment', 'given'] satisfies (keyof ReviewRow)[]);

export function reviewKey(student: string, question: string): string {
  return `${student} ${question}`;
}

/** The rows as CSV (RFC 4180), which `readReviews` reads back. Text of students cannot become a formula. */
export function reviewsCsv(rows: readonly ReviewRow[]): string {
  const body = rows.map((row) =>
    csvRow(
      REVIEW_COLUMNS.map((column) => {
        const value = row[column];
        if (typeof value === 'number') return formatDecimal(value);
        return (LINES.has(column) ? csvLines : csvText)(value ?? '');
      }),
    ),
  );
  return [csvRow(REVIEW_COLUMNS), ...body].join('');
}

function suggestionIn(evidence: readonly Evidence[]): number | null {
  const items = evidence.flatMap((entry) => (entry.kind === 'rubric' ? entry.items : []));
  if (items.every(({ met }) => met === undefined)) return null;
  return items.reduce((sum, { met, points }) => sum + (met === 'found' ? points : 0), 0);
}

function rubricIn(evidence: readonly Evidence[]): string {
  return evidence
    .flatMap((entry) => (entry.kind === 'rubric' ? entry.items : []))
    .map(({ concept, points, lookFor }) => `${concept} (${formatDecimal(points)}): ${lookFor}`)
    .join(' | ');
}

import type { Grade, Outcome } from '@labproof/grader';
import { formatDecimal, formatPercent } from '@labproof/submission';
import { movedBounds } from './moved-bounds.ts';

/** What became of one student's grade between two gradings. */
export interface GradeChange {
  readonly student: string;
  /** The id as a person wrote it, where it is another. */
  readonly id?: string;
  readonly name: string | null;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly score: Sides<number | null>;
  readonly pending: Sides<number | null>;
  readonly status: Sides<Grade['status'] | null>;
  readonly questions: readonly QuestionChange[];
  /** What differs between the two gradings and may be why: the submission, the lab, the version. */
  readonly causes: readonly string[];
}

interface QuestionChange {
  readonly question: string;
  readonly outcome: Sides<Outcome | null>;
  readonly points: Sides<number | null>;
  readonly message: Sides<string | null>;
}

interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

/**
 * What changes for a student: score, points that wait, state, and each question whose points or outcome change.
 * `null` where nothing does; a question whose wording alone differs is no change. `before` and `after` are `null`
 * where there is no grade.
 */
export function gradeChange(
  student: string,
  before: Grade | null,
  after: Grade | null,
): GradeChange | null {
  const sides = <T>(of: (grade: Grade) => T): Sides<T | null> => ({
    before: before === null ? null : of(before),
    after: after === null ? null : of(after),
  });
  const { id, name = null } = after ?? before ?? {};
  const score = sides((grade) => grade.score);
  const pending = sides((grade) => grade.pending);
  const status = sides((grade) => grade.status);
  const questions = questionChanges(before, after);
  const same = [score, pending, status].every((pair) => pair.before === pair.after);
  if (same && questions.length === 0) return null;
  return {
    student,
    ...(id === undefined ? {} : { id }),
    name,
    kind: before === null ? 'added' : after === null ? 'removed' : 'changed',
    score,
    pending,
    status,
    questions,
    causes: before === null || after === null ? [] : causesOf(before, after),
  };
}

function questionChanges(before: Grade | null, after: Grade | null): QuestionChange[] {
  const ids = new Set(
    [...(before?.outcomes ?? []), ...(after?.outcomes ?? [])].map(({ question }) => question),
  );
  return [...ids].flatMap((question): QuestionChange[] => {
    const old = before?.outcomes.find((outcome) => outcome.question === question);
    const now = after?.outcomes.find((outcome) => outcome.question === question);
    if (old?.outcome === now?.outcome && old?.points === now?.points) return [];
    return [
      {
        question,
        outcome: { before: old?.outcome ?? null, after: now?.outcome ?? null },
        points: { before: old?.points ?? null, after: now?.points ?? null },
        message: { before: old?.message ?? null, after: now?.message ?? null },
      },
    ];
  });
}

function causesOf(before: Grade, after: Grade): string[] {
  const facts: [string, string, string][] = [
    ['labproof', before.provenance.labproof, after.provenance.labproof],
    ['the arithmetic', before.provenance.arithmetic, after.provenance.arithmetic],
    ['the lab', before.lab.version, after.lab.version],
  ];
  const causes = facts.flatMap(([what, old, now]) =>
    old === now ? [] : [`${what} was ${old} and is ${now}`],
  );
  if (before.provenance.submissionDigest !== after.provenance.submissionDigest) {
    causes.push('another submission was graded');
  }
  if (
    JSON.stringify(before.provenance.dataDigests) !== JSON.stringify(after.provenance.dataDigests)
  ) {
    causes.push('the test data are others');
  }
  for (const { question, before: was, after: is } of movedBounds(before, after)) {
    causes.push(
      `the pass mark of ${question} was ${formatPercent(was, 3)} and is ${formatPercent(is, 3)}`,
    );
  }
  const deducted = [before, after].map(({ lateness }) => formatDecimal(lateness?.deduction ?? 0));
  if (deducted[0] !== deducted[1]) {
    causes.push(`${deducted[1]} instead of ${deducted[0]} points are deducted for lateness`);
  }
  return causes;
}

import { type Question, questionPoints } from '@labproof/lab';
import type { CheckOutcome, Outcome, QuestionOutcome } from './outcome.ts';
import type { Grade } from './grade.ts';

/** Adds up the checks of a question. */
export function questionOutcome(
  question: Question,
  checks: readonly CheckOutcome[],
): QuestionOutcome {
  const broken = checks.some(({ outcome }) => outcome === 'broken');
  return {
    question: question.id,
    number: question.number,
    title: question.title,
    outcome: combined(checks),
    points: broken ? null : checks.reduce((sum, { points }) => sum + (points ?? 0), 0),
    pending: pendingOf(checks),
    max: questionPoints(question),
    message: messageOf(checks),
    evidence: checks.flatMap(({ evidence }) => evidence),
    checks: [...checks],
  };
}

function pendingOf(checks: readonly CheckOutcome[]): number {
  return checks
    .filter(({ outcome }) => outcome === 'needs-review')
    .reduce((sum, { max }) => sum + max, 0);
}

/** What did not pass, or everything if all did; an unreadable file is told once and not for every check that needs it. */
export function messageOf(checks: readonly CheckOutcome[]): string {
  const notPassed = checks.filter(({ outcome }) => outcome !== 'passed');
  const told = notPassed.length === 0 ? checks : notPassed;
  const firstRefused = told.find(({ outcome }) => outcome === 'refused');
  const messages = told
    .filter((check) => check.outcome !== 'refused' || check === firstRefused)
    .map(({ message }) => message);
  return [...new Set(messages)].join(' ');
}

/** `broken` before `refused` before `needs-review` before what the points say; without points, why there are none. */
function combined(checks: readonly CheckOutcome[]): Outcome {
  const outcomes = new Set(checks.map(({ outcome }) => outcome));
  if (outcomes.has('broken')) return 'broken';
  if (outcomes.has('refused')) return 'refused';
  if (outcomes.has('needs-review')) return 'needs-review';
  const points = checks.reduce((sum, check) => sum + (check.points ?? 0), 0);
  if (points >= checks.reduce((sum, { max }) => sum + max, 0)) return 'passed';
  if (points > 0) return 'partial';
  return outcomes.size === 1 && outcomes.has('missing') ? 'missing' : 'failed';
}

/** Score, points that wait and status of a whole submission. */
export function gradeTotals(
  outcomes: readonly QuestionOutcome[],
): Pick<Grade, 'score' | 'pending' | 'max' | 'status'> {
  const broken = outcomes.some(({ points }) => points === null);
  const pending = outcomes.reduce((sum, outcome) => sum + outcome.pending, 0);
  return {
    score: broken ? null : outcomes.reduce((sum, { points }) => sum + (points ?? 0), 0),
    pending,
    max: outcomes.reduce((sum, { max }) => sum + max, 0),
    status: broken ? 'broken' : pending > 0 ? 'needs-review' : 'final',
  };
}

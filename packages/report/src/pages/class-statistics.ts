import { checkTitle, type GradeSummary, type Outcome } from '@labproof/grader';
import type { QuestionShare } from '../plots/question-difficulty.ts';

/** Grades that hold decided or waiting points; refused and broken ones say nothing about a question. */
export function readGrades(grades: readonly GradeSummary[]): GradeSummary[] {
  return grades.filter(({ status }) => status === 'final' || status === 'needs-review');
}

/** Pearson's correlation; `null` below three pairs or where one side does not vary. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 3) return null;
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const [x, y] of pairs) {
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  return xx < 1e-12 || yy < 1e-12 ? null : xy / Math.sqrt(xx * yy);
}

export interface QuestionStatistics extends QuestionShare {
  /** Submissions by outcome. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /**
   * Correlation of the question's points with the points of all other questions (corrected item-total
   * correlation), over submissions where nothing of the question waits; `null` where it is not defined.
   */
  readonly discrimination: number | null;
}

/** Difficulty and discrimination of every question, in the order of the questions. */
export function questionStatistics(grades: readonly GradeSummary[]): QuestionStatistics[] {
  const read = readGrades(grades);
  const first = new Map(
    read.flatMap(({ outcomes }) => outcomes.map((outcome) => [outcome.question, outcome] as const)),
  );
  return [...first.values()]
    .toSorted((a, b) => a.number - b.number)
    .map(({ question: id, number, title }) => {
      const answers = read.flatMap((grade) =>
        grade.outcomes
          .filter(({ question }) => question === id)
          .map((outcome) => ({ grade, outcome })),
      );
      const counted = answers.filter(({ outcome }) => outcome.points !== null && outcome.max > 0);
      const share = (value: (index: number) => number): number =>
        counted.length === 0
          ? 0
          : counted.reduce((sum, { outcome }, index) => sum + value(index) / outcome.max, 0) /
            counted.length;
      const outcomes: Partial<Record<Outcome, number>> = {};
      for (const { outcome } of answers) {
        outcomes[outcome.outcome] = (outcomes[outcome.outcome] ?? 0) + 1;
      }
      const decided = counted.filter(({ outcome }) => outcome.pending === 0);
      return {
        id,
        number,
        title,
        given: share((index) => counted[index]?.outcome.points ?? 0),
        pending: share((index) => counted[index]?.outcome.pending ?? 0),
        outcomes,
        discrimination: correlation(
          decided.map(({ grade, outcome }) => [
            outcome.points ?? 0,
            (grade.score ?? 0) - (outcome.points ?? 0),
          ]),
        ),
      };
    });
}

export interface CommonFailure {
  readonly question: string;
  readonly number: number;
  readonly title: string;
  /** The check, or what failed every check of the question at once, in words. */
  readonly what: string;
  readonly outcome: Outcome;
  readonly message: string;
  readonly students: readonly GradeSummary[];
}

const FAILURES: ReadonlySet<Outcome> = new Set(['failed', 'missing', 'refused', 'partial']);

const UNREADABLE = 'A file that cannot be read';

/**
 * Checks that at least two submissions fail in the same way, most frequent first. Who handed nothing in for a question
 * made no mistake in it, and is counted with the questions.
 */
export function commonFailures(grades: readonly GradeSummary[], limit: number): CommonFailure[] {
  const groups = new Map<string, CommonFailure & { students: GradeSummary[] }>();
  for (const grade of readGrades(grades)) {
    for (const { question, number, title, checks, outcome: whole } of grade.outcomes) {
      for (const { check, outcome, message } of checks) {
        if (!FAILURES.has(outcome)) continue;
        if (outcome === 'missing' && whole === 'missing') continue;
        // A file that cannot be read fails every check that needs it, and is one mistake.
        const once = outcome === 'refused';
        const what = once ? UNREADABLE : checkTitle(check);
        const key = JSON.stringify([question, once ? null : check, outcome]);
        const group = groups.get(key);
        if (group === undefined) {
          groups.set(key, {
            question,
            number,
            title,
            what,
            outcome,
            message,
            students: [grade],
          });
        } else if (!group.students.includes(grade)) {
          group.students.push(grade);
        }
      }
    }
  }
  return [...groups.values()]
    .filter(({ students }) => students.length > 1)
    .toSorted((a, b) => b.students.length - a.students.length || a.number - b.number)
    .slice(0, limit);
}

export interface WaitingQuestion {
  readonly question: string;
  readonly number: number;
  readonly title: string;
  readonly points: number;
  readonly students: readonly GradeSummary[];
}

const waits = ({ outcome }: { readonly outcome: Outcome }): boolean => outcome === 'needs-review';

/** Questions that wait for a reader, in their order: who reads one question of all students reads evenly. */
export function waitingQuestions(grades: readonly GradeSummary[]): WaitingQuestion[] {
  const waiting = new Map<string, WaitingQuestion & { students: GradeSummary[] }>();
  for (const grade of grades) {
    for (const { question, number, title, pending, checks } of grade.outcomes) {
      if (!checks.some(waits)) continue;
      const group = waiting.get(question);
      if (group === undefined) {
        waiting.set(question, { question, number, title, points: pending, students: [grade] });
      } else {
        group.students.push(grade);
      }
    }
  }
  return [...waiting.values()].toSorted((a, b) => a.number - b.number);
}

/** Students whose models of an exercise have the very same weights: to be looked at, no verdict. */
export function sameWeights(
  grades: readonly GradeSummary[],
): { exercise: string; digest: string; students: GradeSummary[] }[] {
  const groups = new Map<string, { exercise: string; digest: string; students: GradeSummary[] }>();
  for (const grade of grades) {
    for (const { exercise, digest } of grade.models) {
      if (digest === null) continue;
      const key = `${exercise} ${digest}`;
      const group = groups.get(key) ?? { exercise, digest, students: [] };
      if (!group.students.includes(grade)) group.students.push(grade);
      groups.set(key, group);
    }
  }
  return [...groups.values()].filter(({ students }) => students.length > 1);
}

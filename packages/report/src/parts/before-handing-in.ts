import { checkTitle, type SelfCheck, type SelfCheckState } from '@labproof/grader';
import { formatPlural, formatPoints } from '../format.ts';

/** One thing to mend. */
export interface ToMend {
  /** The questions that it is about, by number. */
  readonly questions: readonly number[];
  readonly lost: number;
  readonly state: SelfCheckState;
  /** What is wrong, with the name of the check. */
  readonly what: string;
  /** How to mend it; `null` where the message says it. */
  readonly how: string | null;
}

/** What a student has to do before handing in, the most pressing first. */
export interface ToDo {
  /** Numbers of the questions of which no answer was found, and the points of what is missing with them. */
  readonly unanswered: readonly number[];
  readonly unansweredLost: number;
  /** Exercises whose model is missing. */
  readonly models: readonly string[];
  readonly mend: readonly ToMend[];
}

const PRESSING: readonly SelfCheckState[] = ['unreadable', 'not-checked', 'deduction', 'missing'];

/** Sums up a self-check: what is missing whole is said once, and so is one file that fails several checks. */
export function beforeHandingIn({ questions, modelsMissing }: SelfCheck): ToDo {
  const unanswered = questions.filter(({ checks }) =>
    checks.some(({ absent }) => absent === 'answer'),
  );
  const missing = new Set(unanswered);
  const mend = new Map<string, ToMend>();
  for (const question of questions) {
    for (const { check, state, lost, message, advice, absent } of question.checks) {
      if (!PRESSING.includes(state) || absent !== null) continue;
      // Whoever has not begun a question learns of its files when there is an answer.
      if (state === 'missing' && missing.has(question)) continue;
      const key = state === 'unreadable' ? `unreadable ${advice}` : `${question.number} ${message}`;
      const known = mend.get(key);
      mend.set(key, {
        questions: [...new Set([...(known?.questions ?? []), question.number])],
        lost: (known?.lost ?? 0) + lost,
        state,
        what: known?.what ?? `${checkTitle(check)}: ${message}`,
        how: advice,
      });
    }
  }
  return {
    unanswered: unanswered.map(({ number }) => number),
    unansweredLost: unanswered
      .flatMap(({ checks }) => checks)
      .reduce((sum, { state, lost }) => sum + (state === 'missing' ? lost : 0), 0),
    models: modelsMissing,
    mend: [...mend.values()].toSorted(
      (a, b) => PRESSING.indexOf(a.state) - PRESSING.indexOf(b.state),
    ),
  };
}

/** `question 3`, `questions 1, 3 and 5 to 9`. */
export function questionsText(numbers: readonly number[]): string {
  const runs: string[] = [];
  const sorted = numbers.toSorted((a, b) => a - b);
  for (let at = 0; at < sorted.length;) {
    const first = sorted[at] ?? 0;
    let length = 1;
    while (sorted[at + length] === first + length) length += 1;
    if (length < 3) length = 1;
    runs.push(length === 1 ? String(first) : `${first} to ${first + length - 1}`);
    at += length;
  }
  const [last = '', ...before] = runs.toReversed();
  const list = before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
  return `${numbers.length === 1 ? 'question' : 'questions'} ${list}`;
}

/** The first thing that a student reads: what stands, what would be lost, what is open. */
export function pointsText({ points }: SelfCheck): string {
  const { max, fine, lost, open } = points;
  return `Of ${formatPlural(max, 'point')}, ${formatPoints(fine)} would stand, ${formatPoints(lost)} would be lost, and ${formatPoints(open)} ${open === 1 ? 'is' : 'are'} decided in grading.`;
}

/** What no self-check can say. `models`: whether the lab asks for any. */
export function noGradeText(models: boolean): string {
  return `This is no grade: in grading a person reads the written answers${models ? ', and models may be tried on images that are not here' : ''}.`;
}

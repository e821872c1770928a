import { type Lab, exercisesOf } from '@labproof/lab';
import type { CheckOutcome, Outcome } from '../grade/outcome.ts';
import type { FoundFile } from '@labproof/submission';
import type { Grade } from '../grade/grade.ts';
import { studentGrade } from '../grade/student-grade.ts';
import { asksFor } from '../checks/asked.ts';
import { absentBy } from '../checks/shared/absent.ts';

/**
 * `fine`: nothing is lost. `deduction`: read, and points are lost. `missing`: nothing was found. `unreadable`: the file
 * has to be saved again. `reader`: decided in grading. `not-checked`: we failed here, which says nothing about the work.
 */
export type SelfCheckState =
  | 'fine'
  | 'deduction'
  | 'missing'
  | 'unreadable'
  | 'reader'
  | 'not-checked';

/** Points by what would become of them if this were handed in. */
interface SelfCheckPoints {
  readonly max: number;
  readonly fine: number;
  readonly lost: number;
  /** Decided in grading. */
  readonly open: number;
}

interface SelfCheckItem extends SelfCheckPoints {
  readonly check: string;
  readonly state: SelfCheckState;
  readonly message: string;
  /** How to mend it; `null` where nothing is to be mended. */
  readonly advice: string | null;
  /** What is not there at all: the answer of its question, or the model that it looks at. */
  readonly absent: 'answer' | 'model' | null;
}

export interface SelfCheckQuestion extends SelfCheckPoints {
  readonly question: string;
  readonly number: number;
  readonly title: string;
  /** The most pressing of its checks. */
  readonly state: SelfCheckState;
  readonly checks: readonly SelfCheckItem[];
}

/** What a student learns before handing in. */
export interface SelfCheck {
  readonly lab: Grade['lab'];
  /** Why nothing could be read; else `null`. */
  readonly problem: Grade['problem'];
  readonly points: SelfCheckPoints;
  readonly found: readonly FoundFile[];
  /** Exercises whose model a question looks at and that has none. */
  readonly modelsMissing: readonly string[];
  readonly questions: readonly SelfCheckQuestion[];
}

const STATES: Readonly<Record<Outcome, SelfCheckState>> = {
  passed: 'fine',
  partial: 'deduction',
  failed: 'deduction',
  missing: 'missing',
  refused: 'unreadable',
  'needs-review': 'reader',
  broken: 'not-checked',
};

/** The most pressing first. */
const PRESSING: readonly SelfCheckState[] = [
  'not-checked',
  'unreadable',
  'missing',
  'deduction',
  'reader',
  'fine',
];

/** What a grade under a student edition tells its student. Throws a `RangeError` for one under the lab itself. */
export function selfCheck(grade: Grade, lab: Lab): SelfCheck {
  assertStudentEdition(lab);
  const questions = grade.outcomes.map(({ question, number, title, checks }): SelfCheckQuestion => {
    const items = checks.map((check) => itemOf(check, number));
    const state = PRESSING.find((candidate) => items.some((item) => item.state === candidate));
    return { question, number, title, state: state ?? 'fine', ...totalOf(items), checks: items };
  });
  const handedIn = new Set(grade.models.map(({ exercise }) => exercise));
  const wanted = lab.questions.filter(
    (question) =>
      asksFor('model', question) && !exercisesOf(question).some((id) => handedIn.has(id)),
  );
  return {
    lab: grade.lab,
    problem: grade.problem,
    points: totalOf(questions),
    found: grade.files,
    modelsMissing: [...new Set(wanted.flatMap((question) => exercisesOf(question).slice(0, 1)))],
    questions,
  };
}

/** The grade as its page shows it: without what stands there for a reader. Throws as `selfCheck` does. */
export function gradeForStudent(grade: Grade, lab: Lab): Grade {
  assertStudentEdition(lab);
  return studentGrade(grade);
}

function itemOf(
  { check, outcome, points, max, message, advice }: CheckOutcome,
  question: number,
): SelfCheckItem {
  const state = STATES[outcome];
  const open = state === 'reader' || state === 'not-checked' ? max : 0;
  const fine = open > 0 ? 0 : (points ?? 0);
  const absent = state === 'missing' ? absentBy(message, question) : null;
  return { check, state, max, fine, lost: max - fine - open, open, message, advice, absent };
}

function totalOf(parts: readonly SelfCheckPoints[]): SelfCheckPoints {
  const sum = (of: (part: SelfCheckPoints) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    max: sum(({ max }) => max),
    fine: sum(({ fine }) => fine),
    lost: sum(({ lost }) => lost),
    open: sum(({ open }) => open),
  };
}

/** A grade under the lab itself would carry its keys. */
function assertStudentEdition({ edition }: Lab): void {
  if (edition !== 'student')
    throw new RangeError('a self-check takes the student edition of a lab');
}

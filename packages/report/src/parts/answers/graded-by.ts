import { type CheckSpec, exercisesOf, type Lab, type Question } from '@labproof/lab';
import { formatPercent, formatPoints } from '../../format.ts';
import { html, type Markup } from '../../document/markup.ts';
import { checkName } from './question.ts';

const LOOKS_AT_MODEL: ReadonlySet<string> = new Set([
  'architecture',
  'metric-in-band',
  'claim-against-weights',
]);

/** Whether a model has to be handed in for a question. */
export function looksAtModel({ checks }: Question): boolean {
  return checks.some(({ kind }) => LOOKS_AT_MODEL.has(kind));
}

/** `at least 97.58 %`, where the accuracies of questions are held against one measured mark; else `null`. */
export function passMark(questions: readonly Question[], lab: Lab): string | null {
  const ids = new Set(
    questions
      .filter(({ checks }) => checks.some(({ kind }) => kind === 'metric-in-band'))
      .flatMap((question) => exercisesOf(question)),
  );
  const bounds = lab.exercises.flatMap(({ id, bands, passMark: alone }) => {
    const mark = bands?.test.accuracyLower ?? alone;
    return ids.has(id) && mark !== undefined ? [mark.value] : [];
  });
  const [bound] = bounds;
  if (bound === undefined || bounds.length > 1) return null;
  // Rounded up: what reaches the printed mark passes.
  return `at least ${formatPercent(Math.ceil(bound * 1e4 - 1e-9) / 1e4)}`;
}

/**
 * What a student may know beforehand of how a check decides. Only the kind, the metric, the unit and the pass mark
 * are ever looked at here: rubrics and expected answers are the instructor's.
 */
function gradedBy(check: CheckSpec, question: Question, lab: Lab): string {
  switch (check.kind) {
    case 'architecture':
      return 'the layers of the model that you hand in';
    case 'metric-in-band': {
      const mark = passMark([question], lab);
      return `the test accuracy of the model that you hand in${mark === null ? '' : `, ${mark}`}`;
    }
    case 'claim-against-weights':
      return `the ${check.metric} in your answer, beside what your model does`;
    case 'number':
      return `a number in ${check.unit}`;
    case 'plot':
      return 'your figure: there, readable and not blank';
    case 'free-text':
      return 'a person who reads your answer';
    case 'word-count':
      return 'the length of your answer';
    case 'recipe':
      return 'how the model was trained, as your files tell';
    case 'history':
      return 'the training log that you hand in';
    case 'code-topology':
      return 'the network in the code that you hand in, which is read and never run';
    case 'misclassified-count':
      return 'the number of misclassified images in your answer, beside what your model does';
    case 'confusion-matrix':
      return 'the confusion matrix in your answer, beside what your model does';
    case 'playground-claim':
      return `the network in your answer, run again from ${check.runs} seeds: full points when it gets below the target in at least ${formatPercent(check.reliable, 0)} of runs, none below ${formatPercent(check.rare, 0)}, half between them`;
    case 'claim-against-output':
      return 'the number in your answer, beside the output that you hand in';
    default:
      return checkName((check as { kind: string }).kind).toLowerCase();
  }
}

/** How the points of a question come about, without what would answer it. */
export function renderGradedBy(question: Question, lab: Lab): Markup {
  return html`<ul class="graded-by">
    ${question.checks.map(
      (check) =>
        html`<li>
          <span class="num">${formatPoints(check.points)}</span>
          <span>${gradedBy(check, question, lab)}</span>
        </li>`,
    )}
  </ul>`;
}

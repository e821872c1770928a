import { asksFor, checkKinds } from '@labproof/grader';
import { exercisesOf, type Lab, type Question } from '@labproof/lab';
import { formatPercent, formatPoints } from '../../format.ts';
import { html, type Markup } from '../../document/markup.ts';

/** `at least 97.58 %`, where the accuracies of questions are held against one measured mark; else `null`. */
export function passMark(questions: readonly Question[], lab: Lab): string | null {
  const ids = new Set(
    questions
      .filter((question) => asksFor('pass-mark', question))
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

/** How the points of a question come about, without what would answer it. */
export function renderGradedBy(question: Question, lab: Lab): Markup {
  const marks = { passMark: passMark([question], lab) };
  return html`<ul class="graded-by">
    ${question.checks.map(
      (check) =>
        html`<li>
          <span class="num">${formatPoints(check.points)}</span>
          <span>${checkKinds.find(check.kind)?.gradedBy(check, marks) ?? check.kind}</span>
        </li>`,
    )}
  </ul>`;
}

import { asksFor, checkKinds } from '@labproof/grader';
import type { ToleranceBound } from '@labproof/core/statistics';
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
    return ids.has(id) && mark !== undefined ? [mark] : [];
  });
  const [bound] = bounds;
  if (bound === undefined || bounds.length > 1) return null;
  return `at least ${roundedUp(bound.value)}${zoneText(bound)}`;
}

/** What happens near the mark, where the lab has said so. */
function zoneText({ value, zone }: ToleranceBound): string {
  if (zone === undefined) return '';
  const decided = zone.between === 'reader' ? 'a person decides' : 'half of the points are given';
  return ` (${decided} from ${roundedUp(zone.lostBelow)} to ${roundedUp(Math.max(zone.sureFrom, value))})`;
}

/** What reaches the printed mark passes. */
function roundedUp(mark: number): string {
  return formatPercent(Math.ceil(mark * 1e4 - 1e-9) / 1e4);
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

import type { Lab } from '@labproof/lab';
import type { Grade, QuestionOutcome } from '@labproof/grader';
import { formatPlural, formatPoints } from '../format.ts';
import { html, type Markup } from '../document/markup.ts';
import {
  renderFoldedQuestion,
  renderQuestion,
  type Standing,
  standingOf,
} from './answers/question.ts';

/** The questions of a student by what they came to: what cost points, what a person decides, what is fine. */
export interface StudentQuestions {
  readonly lost: Markup | null;
  readonly waiting: Markup | null;
  readonly full: Markup | null;
}

export function renderQuestions(
  outcomes: readonly QuestionOutcome[],
  grade: Grade,
  { lab, lostName }: { readonly lab: Lab; readonly lostName: string },
): StudentQuestions {
  const those = (standing: Standing): QuestionOutcome[] =>
    outcomes.filter((question) => standingOf(question) === standing);
  const shown = (question: QuestionOutcome) => ({
    question,
    grade,
    asked: lab.questions.find(({ id }) => id === question.question),
  });
  const [lost, waiting, full] = [those('lost'), those('waiting'), those('full')];
  return {
    lost:
      lost.length === 0
        ? null
        : html`<section id="lost">
            <h2>${lostName}</h2>
            <p class="lead">${lostText(lost, outcomes)}</p>
            ${lost.map((question) => renderQuestion(shown(question)))}
          </section>`,
    waiting:
      waiting.length === 0
        ? null
        : html`<section id="waiting">
            <h2>Needs manual grading</h2>
            <p class="lead">
              A person reads ${waiting.length === 1 ? 'this answer' : 'these answers'}. Until then
              their points count neither for nor against you.
            </p>
            ${waiting.map((question) => renderQuestion(shown(question)))}
          </section>`,
    full:
      full.length === 0
        ? null
        : html`<section id="full">
            <h2>Full points</h2>
            <p class="lead">
              ${formatPlural(full.length, 'question')} with nothing to fix; each unfolds.
            </p>
            ${full.map((question) => renderFoldedQuestion(shown(question)))}
          </section>`,
  };
}

function lostText(lost: readonly QuestionOutcome[], all: readonly QuestionOutcome[]): string {
  const max = all.reduce((sum, question) => sum + question.max, 0);
  const points = lost.reduce(
    (sum, question) =>
      sum + (question.points === null ? 0 : question.max - question.points - question.pending),
    0,
  );
  const undecided = lost.filter((question) => question.points === null).length;
  const where = `${formatPoints(points)} of ${formatPoints(max)} points in ${formatPlural(lost.length - undecided, 'question')}`;
  const fault =
    undecided === 0
      ? ''
      : `${formatPlural(undecided, 'question')} could not be graded through our fault, which costs no points.`;
  return lost.length === undecided ? fault : `${where}. ${fault}`.trim();
}

import {
  type CheckOutcome,
  checkTitle,
  type Evidence,
  type Grade,
  type QuestionOutcome,
} from '@labproof/grader';
import { callout } from '../callout.ts';
import { renderEvidence } from './evidence.ts';
import { html, type Markup } from '../../document/markup.ts';
import { outcomeBadge } from './outcome-badge.ts';
import { pointsText } from './points.ts';

function renderCheck(check: CheckOutcome, alone: boolean): Markup {
  const { outcome, points, max, message, advice, evidence } = check;
  const shown = { given: points, pending: outcome === 'needs-review' ? max : 0, max };
  const waiting = outcome === 'needs-review' ? { ...shown, given: points ?? 0 } : shown;
  // A long answer may go over a page; anything else stays together in print.
  const long = evidence.some((item) => item.kind === 'text' && item.text.length > 600);
  return html`<div class="check${long && ' long'}">
    <header>
      <h4>${checkTitle(check.check)}</h4>
      ${!alone && outcomeBadge(outcome)}${!alone && html`<span class="num">${pointsText(waiting)}</span>`}
    </header>
    <p>${message}</p>
    ${advice !== null && callout('advice', 'What to do:', advice)} ${renderEvidence(evidence)}
  </div>`;
}

/** The text read for a question, where no evidence shows it already. */
function unshownAnswers(question: QuestionOutcome, grade: Grade): Evidence[] {
  const shown = new Set(
    question.checks
      .flatMap(({ evidence }) => evidence)
      .flatMap((item) => (item.kind === 'text' ? [item.text.trim()] : [])),
  );
  return grade.answers
    .filter(({ question: id, text }) => id === question.question && text.trim() !== '')
    .filter(({ text }) => !shown.has(text.trim()))
    .map(({ heading, text }) => ({ kind: 'text', label: `Read under “${heading}”`, text }));
}

/** One question: what was read, measured, expected, why it gives these points and what to do next. */
export function renderQuestion(question: QuestionOutcome, grade: Grade): Markup {
  const { number, title, outcome, points, pending, max, checks } = question;
  return html`<article class="question" id="${question.question}">
    <header>
      <div>
        <p class="eyebrow">Question ${number}</p>
        <h3>${title}</h3>
      </div>
      <div class="marks">
        <b>${pointsText({ given: points, pending, max })}</b>${outcomeBadge(outcome)}
      </div>
    </header>
    ${renderEvidence(unshownAnswers(question, grade))}
    ${checks.map((check) => renderCheck(check, checks.length === 1))}
  </article>`;
}

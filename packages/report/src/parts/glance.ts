import type { QuestionOutcome } from '@labproof/grader';
import { html, type Markup } from '../document/markup.ts';
import { badge, OUTCOME_WORDS, outcomeBadge } from './answers/outcome-badge.ts';
import { pointsBar, pointsText } from './answers/points.ts';

/** Every question as a badge that leads to it: the whole outcome before anything is scrolled. */
export function renderGlyphs(outcomes: readonly QuestionOutcome[]): Markup | null {
  if (outcomes.length === 0) return null;
  return html`<ul class="glyphs" aria-label="Outcome of each question">
    ${outcomes.map(
      ({ question, number, outcome }) =>
        html`<li>
          <a href="#${question}"
            >${badge(outcome, `Q${number}`)}<span class="hidden"
              >, ${OUTCOME_WORDS[outcome].name}</span
            ></a
          >
        </li>`,
    )}
  </ul>`;
}

/** All questions in one table: outcome and points, each linked to its details. */
export function renderGlance(outcomes: readonly QuestionOutcome[]): Markup | null {
  if (outcomes.length === 0) return null;
  return html`<section id="glance">
    <h2>At a glance</h2>
    <table class="glance">
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col">Outcome</th>
          <th scope="col" class="barcell"><span class="hidden">Share</span></th>
          <th scope="col" class="right">Points</th>
        </tr>
      </thead>
      <tbody>
        ${outcomes.map(({ question, number, title, outcome, points, pending, max }) => {
          const shown = { given: points, pending, max };
          return html`<tr>
            <td>
              <a href="#${question}"><b>Q${number}</b> ${title}</a>
            </td>
            <td>${outcomeBadge(outcome)}</td>
            <td class="barcell">${pointsBar(shown)}</td>
            <td class="right num">${pointsText(shown)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </section>`;
}

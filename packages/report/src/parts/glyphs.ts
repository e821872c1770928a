import type { QuestionOutcome } from '@labproof/grader';
import { html, type Markup } from '../document/markup.ts';
import { badge, OUTCOME_WORDS } from './answers/outcome-badge.ts';

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

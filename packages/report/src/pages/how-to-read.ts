import type { Grade } from '@labproof/grader';
import { html, type Markup } from '../document/markup.ts';
import { OUTCOME_WORDS, OUTCOMES, outcomeBadge } from '../parts/answers/outcome-badge.ts';

/** What the words and pictures of a report mean, those that stand in it. */
export function renderHowToRead(grade: Grade): Markup | null {
  const used = new Set(
    grade.outcomes.flatMap(({ outcome, checks }) => [
      outcome,
      ...checks.map((check) => check.outcome),
    ]),
  );
  if (used.size === 0) return null;
  return html`<section id="reading">
    <h2>How to read this page</h2>
    <dl class="meanings">
      ${OUTCOMES.filter((outcome) => used.has(outcome)).map(
        (outcome) =>
          html`<dt>${outcomeBadge(outcome)}</dt>
            <dd>${OUTCOME_WORDS[outcome].meaning}</dd>`,
      )}
    </dl>
    ${
      grade.models.length > 0 &&
      html`<div class="prose" style="margin-top:1.2rem">
        <p>
          <b>Reference trials.</b> The lab trains each network many times with different seeds.
          Everything that they share is what the recipe does; where they differ is chance.
        </p>
        <p>
          <b>Band.</b> The range of these trials after each epoch. A curve that leaves it is not
          wrong by itself: it says that something was done otherwise.
        </p>
        <p>
          <b>Pass mark.</b> A lower tolerance bound that was measured: the share of all runs that it
          names (the coverage) lies above it, said with the confidence it names. More trials give a
          sharper bound. Where the runs cannot tell an honest model from a worse one, a person
          decides, or half of the points are given, as the lab says.
        </p>
        <p>
          <b>Who reaches it.</b> No mark parts honest models from others without mistakes. The share
          of honest runs that reach a mark is given, and of models that are 1 to 5 standard
          deviations of runs worse, each with the interval that the runs leave open.
        </p>
        <p>
          <b>Claim.</b> A number in an answer is compared with what the handed-in weights do on the
          test set.
        </p>
        <p>
          <b>Digest.</b> A fingerprint of bytes (SHA-256). Two equal digests mean equal weights, bit
          for bit.
        </p>
      </div>`
    }
  </section>`;
}

import type { TrialResult } from '@labproof/core';
import { FEWEST_JUDGED, findStuckRuns, stuckGap } from '@labproof/core/statistics';
import { formatCount, formatPercent, formatPlural, formatPoints } from '../../format.ts';
import { html, type Markup } from '../../document/markup.ts';

/** The rule in words, so that nobody has to guess what was counted. */
export const STUCK_RULE: string = `Sorted by test accuracy from the best down, the first gap that is too wide for chance parts runs that work from runs that are stuck: among n runs one of more than 3 + 20 / n percentage points (${formatPoints(stuckGap(10) * 100)} for ten, ${formatPoints(stuckGap(20) * 100)} for twenty), in which no run lies, and of a hundred or more at most 1 in 100; fewer than ${FEWEST_JUDGED} runs are not judged.`;

/** Indices of the results that are stuck; none where there are too few to judge. */
export function stuckResults(results: readonly TrialResult[]): readonly number[] {
  return findStuckRuns(results.map(({ test }) => test.accuracy))?.stuck ?? [];
}

/** How many runs never learned what the others did, and which. */
export function renderStuckRuns(results: readonly TrialResult[]): Markup {
  const found = findStuckRuns(results.map(({ test }) => test.accuracy));
  const stuck = (found?.stuck ?? []).flatMap((index) => results[index] ?? []);
  return html`<section id="stuck">
    <h2>Runs that are stuck</h2>
    ${
      found === null
        ? html`<p>
            ${formatPlural(results.length, 'run')}: too few to tell chance from a run that is stuck.
          </p>`
        : html`<p>
            <b>${formatCount(stuck.length)} of ${formatPlural(results.length, 'run')}</b>
            ${stuck.length === 1 ? 'is' : 'are'} stuck.
            ${
              stuck.length > 0 && [
                `The others reach at least ${formatPercent(found.workingFrom)}; `,
                stuck.length === 1 ? 'seed ' : 'seeds ',
                stuck
                  .map(({ seed, test }) => `${seed} (${formatPercent(test.accuracy)})`)
                  .join(', '),
                stuck.length === 1 ? ' does not.' : ' do not.',
              ]
            }
          </p>`
    }
    <p class="muted small note">${STUCK_RULE}</p>
  </section>`;
}

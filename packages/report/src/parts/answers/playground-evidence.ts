import { describePlayground, playgroundBoundary, playgroundWork } from '@labproof/core/playground';
import type { Evidence } from '@labproof/grader';
import { formatCount, formatPercent, formatPlural } from '../../format.ts';
import { html, type Markup } from '../../document/markup.ts';
import { BOUNDARY_LEGEND, renderBoundary } from '../models/decision-boundary.ts';
import { oneLine } from './student-text.ts';

/** Cells along a side: a student's page holds several figures, and half of the playground's own map is fine enough. */
const SIZE = 50;
/** A few seconds of one core, in the units of `playgroundWork`. */
const MOST_WORK = 3e8;

/** How often a playground network got there, and the decision boundary of one of its runs, trained again. */
export function renderPlaygroundEvidence(item: Extract<Evidence, { kind: 'playground' }>): Markup {
  const { config, epochs, target, runs, successes, interval, shown, address } = item;
  const low = formatPercent(interval[0], 1);
  const high = formatPercent(interval[1], 1);
  const affordable = playgroundWork(config, shown.epochs) <= MOST_WORK;
  const drawn = affordable
    ? playgroundBoundary(config, shown.seed, { epochs: shown.epochs, size: SIZE })
    : null;
  return html`<dt>${oneLine(item.label)}</dt>
    <dd>
      <b>${formatCount(successes)} of ${formatCount(runs)}</b> below ${target} within
      ${formatPlural(epochs, 'epoch')}<small
        >success rate ${formatPercent(successes / runs, 1)}, with 95 % confidence ${low} to ${high}
        (Wilson)</small
      >
    </dd>
    <dt>The network</dt>
    <dd>${describePlayground(config)}<small class="mono">${oneLine(address, 600)}</small></dd>
    ${
      drawn !== null &&
      html`<dt>A run after ${formatPlural(shown.epochs, 'epoch')}</dt>
        <dd>
          <div class="stack">
            ${BOUNDARY_LEGEND}
            <div class="plots">${renderBoundary(drawn, `playground-${shown.seed}`)}</div>
          </div>
        </dd>`
    }`;
}

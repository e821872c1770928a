import type { Bands, Recipe, TrialResult } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { formatCount, formatFixed, formatPercent, formatPlural, formatSeconds } from '../format.ts';
import { drawAccuracyStrip } from '../plots/accuracy-strip.ts';
import { drawTimingStrip } from '../plots/timing-strip.ts';
import { drawTrialCurves } from '../plots/trial-curves.ts';
import { callout } from '../parts/callout.ts';
import { chartFigure, dataTable, legend } from '../parts/figure.ts';
import { html, type Markup } from '../document/markup.ts';
import { renderPage } from '../document/page.ts';
import { renderRecipe } from '../parts/models/recipe.ts';
import { renderStuckRuns, stuckResults } from '../parts/models/stuck-section.ts';

export interface TrialsReportInput {
  readonly lab: Lab;
  /** The exercise's id. */
  readonly exercise: string;
  /** The recipe that was run, which may be shorter than the lab's. */
  readonly recipe: Recipe;
  readonly results: readonly TrialResult[];
  /** Bands to compare with; they are drawn only where they belong to a run of the same length. */
  readonly bands: Bands | null;
  /** A date to print, as it shall read; without it the page has none. */
  readonly date?: string;
}

function meanAndDeviation(values: readonly number[]): { mean: number; sd: number | null } {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  if (values.length < 2) return { mean, sd: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}

function renderTiles(results: readonly TrialResult[]): Markup {
  const accuracy = meanAndDeviation(results.map(({ test }) => test.accuracy));
  const loss = meanAndDeviation(results.map(({ test }) => test.loss));
  const seconds = meanAndDeviation(results.map(({ seconds }) => seconds));
  return html`<dl class="tiles" style="grid-column:1/-1;margin-top:1.2rem">
    <div>
      <dt>trials, each with its own seed</dt>
      <dd>${formatCount(results.length)}</dd>
    </div>
    <div>
      <dt>mean test accuracy</dt>
      <dd>
        ${formatPercent(accuracy.mean)}${accuracy.sd !== null && html`<small>± ${formatPercent(accuracy.sd)} standard deviation</small>`}
      </dd>
    </div>
    <div>
      <dt>mean test loss</dt>
      <dd>
        ${formatFixed(loss.mean, 4)}${loss.sd !== null && html`<small>± ${formatFixed(loss.sd, 4)} standard deviation</small>`}
      </dd>
    </div>
    <div>
      <dt>training time of a trial</dt>
      <dd>${formatSeconds(seconds.mean)}</dd>
    </div>
  </dl>`;
}

function renderWhatWasTrained(recipe: Recipe): Markup {
  return html`<section id="recipe">
    <h2>What was trained</h2>
    ${renderRecipe(recipe)}
  </section>`;
}

function renderSeeds(results: readonly TrialResult[]): Markup {
  const rows = results.map(({ seed, test, seconds, cached, digest }) => [
    String(seed),
    formatPercent(test.accuracy),
    formatFixed(test.loss, 4),
    `${formatSeconds(seconds)}${cached ? ' *' : ''}`,
    html`<span class="mono">${digest}</span>`,
  ]);
  return html`<section id="seeds">
    <h2>Seeds and digests</h2>
    <p class="lead">
      The digest is the SHA-256 of the final weights. Whoever trains this recipe with the same seed
      and arithmetic gets the same digest, bit for bit.
    </p>
    <div class="wrap">
      ${dataTable(['Seed', 'Test accuracy', 'Test loss', 'Time', 'Digest of the final weights'], rows, 'Seeds and digests')}
    </div>
    ${results.some(({ cached }) => cached) && html`<p class="muted small">* from the cache of finished trials; the time is that of the training which produced it.</p>`}
  </section>`;
}

/** The report of repeated trials of one exercise: every run per epoch, the final distribution, seeds and digests. */
export function renderTrialsReport(input: TrialsReportInput): string {
  const { lab, recipe, date } = input;
  const exercise = lab.exercises.find(({ id }) => id === input.exercise);
  const title = exercise?.title ?? input.exercise;
  const results = input.results.toSorted((a, b) => a.seed - b.seed);
  const comparable = input.bands !== null && input.bands.epochs.length === recipe.epochs;
  const bands = comparable ? input.bands : null;
  const stuck = stuckResults(results);
  const curves = drawTrialCurves({ id: 'trials', results, bands, stuck });
  const times = drawTimingStrip({
    id: 'times',
    timings: results.map(({ seed, seconds }) => ({ label: `Seed ${seed}`, seconds })),
  });
  const strip = drawAccuracyStrip({
    id: 'final',
    trials: results.map(({ test }) => test.accuracy),
    bound: bands?.test.accuracyLower ?? null,
    marked: [],
    markedName: 'trials',
  });
  const published = exercise?.published ?? null;
  return renderPage({
    title: `${title} · ${formatPlural(results.length, 'trial')}`,
    footer: `${lab.title} · ${title}`,
    header: html`<p class="eyebrow">
        ${lab.title} · version ${lab.version}${date !== undefined && ` · ${date}`}
      </p>
      <div>
        <h1>${title}</h1>
        <p class="sub mono">${lab.id}/${input.exercise}</p>
      </div>
      <div></div>
      ${renderTiles(results)}`,
    main: html`${
        input.bands !== null &&
        !comparable &&
        html`<section>
          ${callout('note', 'No band is drawn.', `The lab’s band is of ${formatPlural(input.bands.epochs.length, 'epoch')}, these trials ran ${formatPlural(recipe.epochs, 'epoch')}.`)}
        </section>`
      }
      <section id="curves">
        <h2>Every run, epoch by epoch</h2>
        <div class="stack">
          ${legend([
            ['run', 'one trial'],
            ...(stuck.length === 0 ? [] : ([['stuck', 'one that is stuck']] as const)),
            ['mean', 'their mean'],
            [
              'band',
              bands === null
                ? 'their range'
                : `the lab’s band of ${formatPlural(bands.n, 'trial')}`,
            ],
          ])}
          <div class="plots curves">${curves.map((chart) => chartFigure(chart))}</div>
        </div>
      </section>
      <section id="final-accuracy">
        <h2>Where they end, and how long it takes</h2>
        <div class="stack">
          ${legend([
            ['trial', 'one trial'],
            ...(bands === null ? [] : ([['bound', 'the lab’s lower tolerance bound']] as const)),
          ])}
          <div class="plots">
            ${chartFigure(strip, html`<p>${strip.description}${published !== null && ` Printed in ${published.source}: ${formatPercent(published.accuracy)}.`}</p>`)}
            ${chartFigure(times, html`<p>${times.description}${results.some(({ cached }) => cached) && ' Trials from the cache count with the time of the training that produced them.'}</p>`)}
          </div>
        </div>
      </section>
      ${renderStuckRuns(results)} ${renderWhatWasTrained(recipe)} ${renderSeeds(results)}`,
  });
}

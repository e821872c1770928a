import { type Bands, planModel, type Recipe, type TrialResult } from '@labproof/core';
import { findStuckRuns } from '@labproof/core/statistics';
import type { Lab } from '@labproof/lab';
import { formatCount, formatFixed, formatPercent, formatPlural, formatSeconds } from '../format.ts';
import { logScale, niceScale } from '../plots/scales.ts';
import {
  drawSweepCurve,
  meanAt,
  settingText,
  type SweepCurve,
  type SweepPoint,
} from '../plots/sweep-curve.ts';
import { chartFigure, dataTable, legend } from '../parts/figure.ts';
import { html, type Markup } from '../document/markup.ts';
import { renderPage } from '../document/page.ts';
import { renderRecipe } from '../parts/models/recipe.ts';
import { STUCK_RULE } from '../parts/models/stuck-section.ts';

/** One recipe of a sweep and what its runs gave. */
export interface SweepEntry {
  /** The exercise's id. */
  readonly exercise: string;
  /** The value of what is varied. */
  readonly value: number;
  readonly recipe: Recipe;
  readonly seeds: readonly number[];
  /** Final test accuracies, one a run. */
  readonly test: readonly number[];
  /** Final training accuracies: of single runs where they are known, and their mean. */
  readonly training: { readonly runs: readonly number[]; readonly mean: number | null };
  /** Seconds of training, one a run; empty where single runs were not timed. */
  readonly seconds: readonly number[];
}

export interface SweepReportInput {
  readonly lab: Lab;
  readonly title: string;
  /** What is varied, as it stands under the charts: `Hidden units`. */
  readonly varied: string;
  readonly entries: readonly SweepEntry[];
  /** A date to print, as it shall read; without it the page has none. */
  readonly date?: string;
}

/** An entry from finished trials. */
export function sweepEntryOfTrials(
  known: { exercise: string; value: number; recipe: Recipe },
  results: readonly TrialResult[],
): SweepEntry {
  return {
    ...known,
    seeds: results.map(({ seed }) => seed),
    test: results.map(({ test }) => test.accuracy),
    training: {
      runs: results.flatMap(({ history }) => history.at(-1)?.accuracy ?? []),
      mean: null,
    },
    seconds: results.map(({ seconds }) => seconds),
  };
}

/** An entry from stored bands, which keep the final accuracies of every run but only the spread of the rest. */
export function sweepEntryOfBands(
  known: { exercise: string; value: number; recipe: Recipe },
  bands: Bands,
): SweepEntry {
  return {
    ...known,
    seeds: bands.seeds,
    test: bands.trials.map(({ accuracy }) => accuracy),
    training: { runs: [], mean: bands.epochs.at(-1)?.accuracy.mean ?? null },
    seconds: [],
  };
}

function drawCurves({ varied, entries }: SweepReportInput): Markup {
  const test = entries.map(({ value, test }): SweepPoint => ({ value, runs: test, mean: null }));
  const training = entries.map(({ value, training }): SweepPoint => ({ value, ...training }));
  const times = entries
    .filter(({ seconds }) => seconds.length > 0)
    .map(({ value, seconds }): SweepPoint => ({ value, runs: seconds, mean: null }));
  const accuracies = [...test, ...training].flatMap((point) => [
    ...point.runs,
    meanAt(point) ?? [],
  ]);
  const scale = niceScale(accuracies.flat(), { limits: [0, 1] });
  // An accuracy of one has no logarithm of its error; it is drawn as half a test image in ten thousand.
  const errors = test.map(({ value, runs }): SweepPoint => ({
    value,
    runs: runs.map((accuracy) => Math.max(1 - accuracy, 5e-5)),
    mean: null,
  }));
  const curve = (
    id: string,
    title: string,
    points: readonly SweepPoint[],
    shared: Pick<SweepCurve, 'measure' | 'scale'>,
  ): Markup => {
    const chart = drawSweepCurve({ id, title, axis: varied, points, ...shared });
    return chartFigure(chart, html`<p>${chart.description}</p>`);
  };
  return html`<div class="plots curves">
    ${curve('sweep-training', 'Training accuracy', training, { measure: 'accuracy', scale })}
    ${curve('sweep-test', 'Test accuracy', test, { measure: 'accuracy', scale })}
    ${curve('sweep-error', 'Test error, logarithmic', errors, { measure: 'error', scale: logScale(errors.flatMap(({ runs }) => runs)) })}
    ${
      times.length > 0 &&
      curve('sweep-seconds', 'Seconds of training', times, {
        measure: 'seconds',
        scale: niceScale([0, ...times.flatMap(({ runs }) => runs)]),
      })
    }
  </div>`;
}

function deviation(values: readonly number[]): string {
  if (values.length < 2) return '–';
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return formatPercent(Math.sqrt(squares / (values.length - 1)));
}

const meanText = (point: SweepPoint): string => {
  const value = meanAt(point);
  return value === null ? '–' : formatPercent(value);
};

function renderTable({ varied, entries }: SweepReportInput): Markup {
  const timed = entries.some(({ seconds }) => seconds.length > 0);
  const rows = entries.map(({ exercise, value, recipe, test, training, seconds }) => {
    const stuck = findStuckRuns(test);
    const average = seconds.reduce((sum, value) => sum + value, 0) / Math.max(1, seconds.length);
    return [
      html`${settingText(value)}<small class="mono">${exercise}</small>`,
      formatCount(planModel(recipe.model).parameters),
      formatCount(test.length),
      meanText({ value, ...training }),
      meanText({ value, runs: test, mean: null }),
      deviation(test),
      stuck === null ? '–' : formatCount(stuck.stuck.length),
      ...(timed ? [seconds.length === 0 ? '–' : formatSeconds(average)] : []),
    ];
  });
  return html`<section id="numbers">
    <h2>In numbers</h2>
    <div class="stack">
      ${dataTable(
        [
          varied,
          'Parameters',
          'Runs',
          'Training',
          'Test',
          '± sd',
          'Stuck',
          ...(timed ? ['Time a run'] : []),
        ],
        rows,
        'The sweep in numbers',
      )}
      <p class="muted small">
        Training and test: mean accuracy after the last epoch. ${STUCK_RULE}
      </p>
    </div>
  </section>`;
}

/**
 * The report of a sweep: recipes that differ in one setting, on one page. Accuracy on training and test examples
 * against the setting, every run as a dot; stuck runs, times, the recipe they share, and seeds.
 */
export function renderSweepReport(input: SweepReportInput): string {
  const { lab, title, varied, date } = input;
  const entries = input.entries.toSorted((a, b) => a.value - b.value);
  const runs = entries.reduce((sum, { test }) => sum + test.length, 0);
  const best = entries
    .map(({ value, test }) => ({ value, mean: meanAt({ value, runs: test, mean: null }) ?? 0 }))
    .reduce((a, b) => (b.mean > a.mean ? b : a), { value: 0, mean: 0 });
  const shown = { ...input, entries };
  const [first] = entries;
  return renderPage({
    title: `${title} · ${formatPlural(entries.length, 'value')}`,
    footer: `${lab.title} · ${title}`,
    header: html`<p class="eyebrow">
        ${lab.title} · version ${lab.version}${date !== undefined && ` · ${date}`}
      </p>
      <div>
        <h1>${title}</h1>
        <p class="sub">
          ${formatPlural(entries.length, 'network')} that differ in nothing else,
          ${formatPlural(runs, 'run')} in all
        </p>
      </div>
      <div class="score">
        <b>${formatFixed(best.mean * 100, 1)}</b> <span>% at ${settingText(best.value)}</span>
        <p class="muted small">highest mean test accuracy</p>
      </div>`,
    main: html`<section id="sweep">
        <h2>Accuracy against ${varied.toLowerCase()}</h2>
        <div class="stack">
          ${legend([['trial', 'a run; larger and joined, the mean of all runs']])}
          ${drawCurves(shown)}
        </div>
      </section>
      ${renderTable(shown)}
      ${
        first !== undefined &&
        html`<section id="recipe">
          <h2>What they share</h2>
          <p class="lead">
            The recipe of the first, ${settingText(first.value)} ${varied.toLowerCase()}; the others
            differ in that number alone.
          </p>
          ${renderRecipe(first.recipe)}
        </section>`
      }
      <section id="seeds">
        <h2>Seeds</h2>
        <p>
          ${[...new Set(entries.map(({ seeds }) => seeds.join(', ')))].map((seeds) => html`<span class="mono">${seeds}</span> `)}
        </p>
        <p class="muted small">
          Whoever trains these recipes from these seeds with the same arithmetic gets the same
          numbers: <span class="mono">labproof run ${lab.id}/EXERCISE --trials N --seed S</span>
        </p>
      </section>`,
  });
}

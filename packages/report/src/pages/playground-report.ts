import {
  describePlayground,
  type PlaygroundBoundary,
  type PlaygroundConfig,
  playgroundHash,
  playgroundParameters,
  type PlaygroundRun,
  type SuccessRate,
} from '@labproof/core/playground';
import type { Lab, PlaygroundExercise } from '@labproof/lab';
import { formatCount, formatFixed, formatPlural } from '../format.ts';
import { type CurvePoint, curveScale, drawEpochCurves } from '../plots/epoch-curves.ts';
import type { Chart } from '../plots/chart.ts';
import { chartFigure, dataTable } from '../parts/figure.ts';
import { successText } from '../parts/success-text.ts';
import { BOUNDARY_LEGEND, renderBoundary } from '../parts/models/decision-boundary.ts';
import { html, type Markup } from '../document/markup.ts';
import { renderPage } from '../document/page.ts';

export interface PlaygroundReportInput {
  readonly lab: Lab;
  readonly exercise: PlaygroundExercise;
  readonly config: PlaygroundConfig;
  readonly epochs: number;
  readonly target: number;
  /** With their histories. */
  readonly runs: readonly PlaygroundRun[];
  readonly success: SuccessRate;
  readonly boundaries: readonly PlaygroundBoundary[];
}

/** More lines than these are no longer told apart. */
const MOST_CURVES = 50;

function drawLosses({ runs }: PlaygroundReportInput): Chart[] {
  const shown = runs.slice(0, MOST_CURVES);
  const parts = [
    ['training', ({ trainLoss }) => trainLoss],
    ['test', ({ testLoss }) => testLoss],
  ] as const satisfies readonly (readonly [
    string,
    (epoch: PlaygroundRun['history'][number]) => number,
  ])[];
  const series = parts.map(([part, lossOf]) => ({
    part,
    curves: shown.map(({ history }) =>
      history
        .filter(({ epoch }) => epoch > 0)
        .map((epoch): CurvePoint => ({ epoch: epoch.epoch, value: lossOf(epoch) })),
    ),
  }));
  const scale = curveScale(
    'loss',
    series
      .flatMap(({ curves }) => curves.flat().map(({ value }) => value))
      .filter((value) => Number.isFinite(value)),
  );
  return series.map(({ part, curves }) =>
    drawEpochCurves({
      id: `losses-${part}`,
      title: `${part === 'test' ? 'Test' : 'Training'} loss${runs.length > MOST_CURVES ? ` of the first ${MOST_CURVES} seeds` : ''}`,
      description: `The ${part} loss of ${formatPlural(shown.length, 'run')} after each epoch.`,
      metric: 'loss',
      runs: curves,
      spread: [],
      yours: [],
      scale,
    }),
  );
}

function renderSeeds({ runs, target }: PlaygroundReportInput): Markup {
  const rows = runs.map((run) => [
    String(run.seed),
    formatFixed(run.trainLoss, 4),
    formatFixed(run.testLoss, 4),
    formatFixed(run.lowestTestLoss, 4),
    run.firstUnderTarget === null ? 'never' : formatCount(run.firstUnderTarget),
    html`<span class="mono">${run.digest}</span>`,
  ]);
  const columns = [
    'Seed',
    'Training loss',
    'Test loss',
    'Lowest test loss',
    `First below ${target}`,
    'Digest',
  ];
  return html`<section id="seeds">
    <h2>Seeds and digests</h2>
    <p class="lead">
      The digest is the SHA-256 of the final weights and biases (float64). The same settings and
      seed give the same digest on every machine.
    </p>
    <div class="wrap">${dataTable(columns, rows, 'Seeds and digests')}</div>
  </section>`;
}

/** The report of repeated runs of a playground network: success rate, losses, decision boundaries, seeds. */
export function renderPlaygroundReport(input: PlaygroundReportInput): string {
  const { lab, exercise, config, success } = input;
  const address = `https://playground.tensorflow.org/#${playgroundHash(config)}`;
  return renderPage({
    title: `${exercise.title} · ${formatPlural(success.runs, 'run')}`,
    footer: `${lab.title} · ${exercise.title}`,
    header: html`<p class="eyebrow">${lab.title} · version ${lab.version}</p>
      <div>
        <h1>${exercise.title}</h1>
        <p class="sub">${describePlayground(config)}</p>
      </div>
      <div class="score">
        <b>${formatCount(success.successes)}</b>
        <span>of ${formatPlural(success.runs, 'run')}</span>
        <p class="muted small">below a test loss of ${input.target}</p>
      </div>`,
    main: html`<section id="success">
        <h2>How often it works</h2>
        <p class="lead">${successText(input)}</p>
        <p class="small">
          ${formatCount(playgroundParameters(config))} weights and biases. Every run draws its own
          points and its own initial weights. The same settings in the browser:
          <span class="mono">${address}</span>
        </p>
      </section>
      <section id="boundary">
        <h2>What the network says over the plane</h2>
        <div class="stack">
          ${BOUNDARY_LEGEND}
          <div class="plots">
            ${input.boundaries.map((boundary) => renderBoundary(boundary, `boundary-${boundary.seed}`))}
          </div>
        </div>
      </section>
      <section id="losses">
        <h2>Losses, epoch by epoch</h2>
        <div class="plots curves">${drawLosses(input).map((chart) => chartFigure(chart))}</div>
      </section>
      ${renderSeeds(input)}`,
  });
}

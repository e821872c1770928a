import type { PlaygroundBoundary } from '@labproof/core/playground';
import { html, type Markup } from '../../document/markup.ts';
import { formatFixed } from '../../format.ts';
import { drawDecisionBoundary } from '../../plots/decision-boundary.ts';
import { chartFigure, legend } from '../figure.ts';

/** The decision boundary of one run as a figure. */
export function renderBoundary(boundary: PlaygroundBoundary, id: string): Markup {
  const chart = drawDecisionBoundary({
    id,
    title: `Seed ${boundary.seed}, test loss ${formatFixed(boundary.testLoss, 4)}`,
    grid: boundary.grid,
    points: boundary.points,
  });
  return chartFigure(chart, html`<p>${chart.description}</p>`);
}

/** What the figure's marks stand for. */
export const BOUNDARY_LEGEND: Markup = legend([
  ['boundary', 'where the network changes its mind'],
  ['circle', 'positive class'],
  ['value', 'negative class'],
  ['hollow', 'test example'],
]);

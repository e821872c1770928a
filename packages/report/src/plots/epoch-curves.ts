import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { formatFixed, formatPercent } from '../format.ts';
import { plotAxes } from './axes.ts';
import { type Chart, frameChart } from './chart.ts';
import { colour } from './palette.ts';
import { epochTicks, fixedTick, type LinearScale, niceScale, percentTick } from './scales.ts';
import { circle, DIGITS, group } from './svg.ts';

export type Metric = 'loss' | 'accuracy';

/** A value at an epoch; epochs count from 1. */
export interface CurvePoint {
  readonly epoch: number;
  readonly value: number;
}

/** A spread at an epoch: the outer and the inner ribbon and the mean. */
export interface CurveSpread {
  readonly epoch: number;
  readonly mean: number;
  readonly outer: readonly [number, number];
  readonly inner: readonly [number, number] | null;
}

export interface EpochCurves {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly metric: Metric;
  /** Thin lines, one a trial. */
  readonly runs: readonly (readonly CurvePoint[])[];
  /** Which of the runs stand out as stuck, by index. */
  readonly stuck?: readonly number[];
  readonly spread: readonly CurveSpread[];
  /** The line that the page is about. */
  readonly yours: readonly CurvePoint[];
  /** A vertical scale shared with a neighbouring chart. */
  readonly scale: LinearScale;
}

/** A vertical scale that holds everything of several curves. */
export function curveScale(metric: Metric, values: readonly number[]): LinearScale {
  return niceScale(values, metric === 'accuracy' ? { limits: [0, 1] } : { limits: [0, Infinity] });
}

export function formatMetric(value: number, metric: Metric): string {
  return metric === 'accuracy' ? formatPercent(value) : formatFixed(value, 4);
}

const WIDTH = 284;
const HEIGHT = 186;
const MARGIN = { top: 10, right: 12, bottom: 42, left: 48 };

/** How the lines of the runs look; stuck ones stand out. */
const RUN = `stroke="${colour('reference')}" stroke-width="0.9" stroke-opacity="0.65"`;
const STUCK_RUN = `stroke="${colour('yours')}" stroke-width="1" stroke-opacity="0.75"`;
const ROUND = 'stroke-linejoin="round" stroke-linecap="round"';

/** Draws a metric against the epoch: single runs thin, their spread as ribbons, their mean, and one line in front. */
export function drawEpochCurves(curves: EpochCurves): Chart {
  const { metric, runs, stuck = [], spread, scale } = curves;
  const lastEpoch = [...runs.flat(), ...spread, ...curves.yours].reduce(
    (last, { epoch }) => Math.max(last, epoch),
    2,
  );
  const x = scaleLinear([1, lastEpoch], [0, WIDTH]);
  const y = scaleLinear(scale.domain, [HEIGHT, 0]);
  const path = line<CurvePoint>(
    ({ epoch }) => x(epoch),
    ({ value }) => y(value),
  ).digits(DIGITS);
  const draw = (points: readonly CurvePoint[], attributes: string = ''): string[] => {
    const d = path(points.filter(({ value }) => Number.isFinite(value)));
    return d === null ? [] : [`<path d="${d}"${attributes}/>`];
  };
  const ribbon = (edges: (at: CurveSpread) => CurveSpread['inner'], opacity: number): string[] => {
    const d = area<CurveSpread>(
      ({ epoch }) => x(epoch),
      (at) => y(edges(at)?.[0] ?? 0),
      (at) => y(edges(at)?.[1] ?? 0),
    ).digits(DIGITS)(spread.filter((at) => edges(at)?.every(Number.isFinite)));
    return d === null
      ? []
      : [`<path d="${d}" fill="${colour('band')}" fill-opacity="${opacity}"/>`];
  };
  const yours = curves.yours.filter(({ value }) => Number.isFinite(value));
  const mean = spread.map(({ epoch, mean }) => ({ epoch, value: mean }));
  const rows = scale.ticks.map((tick) => ({
    at: y(tick),
    label: metric === 'accuracy' ? percentTick(tick, scale) : fixedTick(tick, scale),
  }));
  const columns = epochTicks(lastEpoch).map((epoch) => ({ at: x(epoch), label: String(epoch) }));
  return frameChart({
    id: curves.id,
    title: curves.title,
    description: curves.description,
    table: curveTable(curves),
    width: WIDTH,
    height: HEIGHT,
    margin: MARGIN,
    marks: [
      plotAxes({ width: WIDTH, height: HEIGHT, columns, columnsTitle: 'Epoch', rows }),
      ...ribbon(({ outer }) => outer, 0.3),
      ...ribbon(({ inner }) => inner, 0.45),
      group(
        `${RUN} ${ROUND}`,
        runs.flatMap((run, index) => (stuck.includes(index) ? [] : draw(run))),
      ),
      group(
        `${STUCK_RUN} ${ROUND}`,
        runs.flatMap((run, index) => (stuck.includes(index) ? draw(run) : [])),
      ),
      ...draw(
        mean,
        ` stroke="${colour('reference')}" stroke-width="1.8" stroke-dasharray="5,3" ${ROUND}`,
      ),
      ...draw(yours, ` stroke="${colour('yours')}" stroke-width="2.2" ${ROUND}`),
      group(
        `fill="${colour('yours')}"`,
        yours.map(({ epoch, value }) => circle(x(epoch), y(value), 2.35)),
      ),
    ],
  });
}

function curveTable({ metric, runs, spread, yours }: EpochCurves): Chart['table'] {
  const show = (value: number | undefined): string =>
    value === undefined ? '' : formatMetric(value, metric);
  const epochs = [...new Set([...runs.flat(), ...spread, ...yours].map(({ epoch }) => epoch))];
  epochs.sort((a, b) => a - b);
  const withYours = yours.length > 0;
  const withSpread = spread.length > 0;
  return {
    columns: [
      'Epoch',
      ...(withYours ? ['This submission'] : []),
      ...(withSpread ? ['Mean of the trials', 'Lowest trial', 'Highest trial'] : []),
    ],
    rows: epochs.map((epoch) => {
      const at = spread.find((point) => point.epoch === epoch);
      const own = yours.find((point) => point.epoch === epoch);
      const row = [String(epoch)];
      if (withYours) row.push(show(own?.value));
      if (withSpread) row.push(show(at?.mean), show(at?.outer[0]), show(at?.outer[1]));
      return row;
    }),
  };
}

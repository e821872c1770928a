import { formatFixed, formatPercent } from '../format.ts';
import {
  AXIS,
  epochTicks,
  fixedLabels,
  type LinearScale,
  niceScale,
  percentLabels,
} from './axes.ts';
import { type Chart, drawChart } from './chart.ts';
import { colour } from './palette.ts';

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

/** Draws a metric against the epoch: single runs thin, their spread as ribbons, their mean, and one line in front. */
export function drawEpochCurves(curves: EpochCurves): Chart {
  const { metric, runs, stuck = [], spread, yours, scale } = curves;
  const lastEpoch = [...runs.flat(), ...spread, ...yours].reduce(
    (last, { epoch }) => Math.max(last, epoch),
    2,
  );
  const x = {
    field: 'epoch',
    type: 'quantitative',
    scale: { domain: [1, lastEpoch], nice: false, zero: false },
    axis: {
      ...AXIS,
      title: 'Epoch',
      grid: false,
      values: epochTicks(lastEpoch),
      format: 'd',
      labelOverlap: true,
    },
  };
  const y = (field: string): object => ({
    field,
    type: 'quantitative',
    scale: { domain: scale.domain, nice: false, zero: false },
    axis: {
      ...AXIS,
      title: null,
      values: scale.ticks,
      domain: false,
      ticks: false,
      labelExpr:
        metric === 'accuracy' ? percentLabels(scale.decimals) : fixedLabels(scale.decimals),
    },
  });
  const ribbon = (low: string, high: string, opacity: number): object => ({
    data: { name: 'spread' },
    transform: [{ filter: `isValid(datum.${low})` }],
    mark: { type: 'area', color: colour('band'), opacity, line: false },
    encoding: { x, y: y(low), y2: { field: high } },
  });
  const line = (name: string, mark: object, detail: object = {}): object => ({
    data: { name },
    mark: { type: 'line', strokeJoin: 'round', strokeCap: 'round', ...mark },
    encoding: { x, y: y('value'), ...detail },
  });
  return drawChart({
    id: curves.id,
    title: curves.title,
    description: curves.description,
    table: curveTable(curves),
    width: WIDTH,
    height: HEIGHT,
    margin: MARGIN,
    spec: {
      layer: [
        ribbon('low', 'high', 0.3),
        ribbon('innerLow', 'innerHigh', 0.45),
        line(
          'runs',
          { color: colour('reference'), strokeWidth: 0.9, opacity: 0.65 },
          { detail: { field: 'run', type: 'nominal' } },
        ),
        ...(stuck.length === 0
          ? []
          : [
              line(
                'stuck',
                { color: colour('yours'), strokeWidth: 1, opacity: 0.75 },
                { detail: { field: 'run', type: 'nominal' } },
              ),
            ]),
        line('mean', { color: colour('reference'), strokeWidth: 1.8, strokeDash: [5, 3] }),
        line('yours', { color: colour('yours'), strokeWidth: 2.2 }),
        {
          data: { name: 'yours' },
          mark: { type: 'point', filled: true, color: colour('yours'), opacity: 1, size: 22 },
          encoding: { x, y: y('value') },
        },
      ],
    },
    data: {
      spread: spread.map(({ epoch, outer, inner }) => ({
        epoch,
        low: outer[0],
        high: outer[1],
        ...(inner === null ? {} : { innerLow: inner[0], innerHigh: inner[1] }),
      })),
      mean: spread.map(({ epoch, mean }) => ({ epoch, value: mean })),
      runs: runRows(runs, (index) => !stuck.includes(index)),
      ...(stuck.length === 0 ? {} : { stuck: runRows(runs, (index) => stuck.includes(index)) }),
      yours: yours
        .filter(({ value }) => Number.isFinite(value))
        .map(({ epoch, value }) => ({ epoch, value })),
    },
  });
}

function runRows(
  runs: EpochCurves['runs'],
  wanted: (index: number) => boolean,
): { run: number; epoch: number; value: number }[] {
  return runs.flatMap((run, index) =>
    wanted(index)
      ? run
          .filter(({ value }) => Number.isFinite(value))
          .map(({ epoch, value }) => ({ run: index, epoch, value }))
      : [],
  );
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

import { formatCount, formatPercent, formatSeconds } from '../format.ts';
import { AXIS, fixedLabels, type LinearScale, percentLabels } from './axes.ts';
import { type Chart, drawChart } from './chart.ts';
import { colour } from './palette.ts';

/** The runs at one value of what is varied. */
export interface SweepPoint {
  readonly value: number;
  readonly runs: readonly number[];
  /** The mean, where single runs are not known. */
  readonly mean: number | null;
}

export interface SweepCurve {
  readonly id: string;
  readonly title: string;
  /** What is varied: `Hidden units`. */
  readonly axis: string;
  /** `error` is a share like `accuracy`, on a logarithmic axis. */
  readonly measure: 'accuracy' | 'error' | 'seconds';
  readonly points: readonly SweepPoint[];
  /** A vertical scale, shared with neighbouring charts. */
  readonly scale: LinearScale;
}

const WIDTH = 284;
const HEIGHT = 200;
const MARGIN = { top: 10, right: 14, bottom: 42, left: 50 };

/** From this ratio of the largest to the smallest value on, the axis is logarithmic. */
const LOGARITHMIC_FROM = 8;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean at a point: that of its finite runs, else the one that was told. */
export function meanAt({ runs, mean: told }: SweepPoint): number | null {
  const finite = runs.filter((value) => Number.isFinite(value));
  return finite.length > 0 ? mean(finite) : told;
}

const show = (value: number, measure: SweepCurve['measure']): string =>
  measure === 'seconds' ? formatSeconds(value) : formatPercent(value);

/** A value of the setting: counts with commas, rates as they are. */
export function settingText(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(value);
}

const cell = (value: number | null | undefined, measure: SweepCurve['measure']): string =>
  value === null || value === undefined ? '' : show(value, measure);

function describe({ axis, measure, points }: SweepCurve): string {
  const means = points.flatMap((point) => {
    const value = meanAt(point);
    return value === null ? [] : [{ at: point.value, value }];
  });
  const [first] = means;
  const last = means.at(-1);
  if (first === undefined || last === undefined) return 'Nothing was measured.';
  const better = (a: number, b: number): boolean => (measure === 'error' ? a < b : a > b);
  const best = means.reduce((a, b) => (better(b.value, a.value) ? b : a));
  const ends = `The mean goes from ${show(first.value, measure)} at ${settingText(first.at)} to ${show(last.value, measure)} at ${settingText(last.at)} (${axis.toLowerCase()})`;
  return best === last || measure === 'seconds'
    ? `${ends}.`
    : `${ends}; it is ${measure === 'error' ? 'lowest' : 'highest'} at ${settingText(best.at)}, with ${show(best.value, measure)}.`;
}

/** A measure against a setting that is varied: every run as a dot, their mean as a line. */
export function drawSweepCurve(curve: SweepCurve): Chart {
  const { id, title, axis, measure, scale } = curve;
  const points = curve.points.toSorted((a, b) => a.value - b.value);
  const values = points.map(({ value }) => value);
  const low = values[0] ?? 1;
  const high = values.at(-1) ?? 1;
  const logarithmic = low > 0 && high / low >= LOGARITHMIC_FROM;
  const x = {
    field: 'at',
    type: 'quantitative',
    scale: logarithmic
      ? { type: 'log', base: 2, domain: [low / 1.25, high * 1.25], nice: false }
      : {
          domain: [low - (high - low) * 0.05, high + (high - low) * 0.05],
          nice: false,
          zero: false,
        },
    axis: { ...AXIS, title: axis, grid: false, values, labelOverlap: true, format: '~r' },
  };
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: {
      type: measure === 'error' ? 'log' : 'linear',
      domain: scale.domain,
      nice: false,
      ...(measure === 'error' ? {} : { zero: false }),
    },
    axis: {
      ...AXIS,
      title: null,
      values: scale.ticks,
      domain: false,
      ticks: false,
      labelExpr:
        measure === 'seconds' ? fixedLabels(scale.decimals) : percentLabels(scale.decimals),
    },
  };
  const line = points.flatMap((point) => {
    const value = meanAt(point);
    return value === null ? [] : [{ at: point.value, value }];
  });
  return drawChart({
    id,
    title,
    description: describe({ ...curve, points }),
    table: {
      columns: [axis, 'Mean', 'Lowest run', 'Highest run'],
      rows: points.map((point) => {
        const sorted = point.runs.filter(Number.isFinite).toSorted((a, b) => a - b);
        return [
          settingText(point.value),
          cell(meanAt(point), measure),
          cell(sorted[0], measure),
          cell(sorted.at(-1), measure),
        ];
      }),
    },
    width: WIDTH,
    height: HEIGHT,
    margin: MARGIN,
    spec: {
      layer: [
        {
          data: { name: 'mean' },
          mark: { type: 'line', color: colour('reference'), strokeWidth: 2, strokeJoin: 'round' },
          encoding: { x, y },
        },
        {
          data: { name: 'runs' },
          mark: { type: 'circle', color: colour('reference'), opacity: 0.35, size: 26 },
          encoding: { x, y },
        },
        {
          data: { name: 'mean' },
          mark: {
            type: 'point',
            filled: true,
            color: colour('reference'),
            stroke: colour('surface'),
            strokeWidth: 1.2,
            opacity: 1,
            size: 46,
          },
          encoding: { x, y },
        },
      ],
    },
    data: {
      mean: line,
      runs: points.flatMap(({ value: at, runs }) =>
        runs.filter(Number.isFinite).map((value) => ({ at, value })),
      ),
    },
  });
}

import { formatFixed, formatPlural } from '../format.ts';
import { AXIS, fixedLabels, niceScale } from './axes.ts';
import { type Chart, drawChart } from './chart.ts';
import { colour } from './palette.ts';

/** How far a night's mean lay from the calibration. */
export interface DriftPoint {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Mean test accuracy minus the calibration's, in standard deviations of the calibration. */
  readonly change: number;
  /** Whether the night's verdict on the fixed seeds was anything but ok. */
  readonly moved: boolean;
}

const WIDTH = 284;
const HEIGHT = 150;
const MARGIN = { top: 10, right: 12, bottom: 42, left: 48 };

/** Days since 1 January 1970 (proleptic Gregorian), without a clock. */
function dayNumber(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

function describe(points: readonly DriftPoint[]): string {
  const last = points.at(-1);
  if (last === undefined) return 'No night has trained to the end yet.';
  const moved = points.filter((point) => point.moved).length;
  return (
    `${formatPlural(points.length, 'night')} of full training; on ${last.date} the mean lay ${formatFixed(last.change, 2)} standard deviations from the calibration. ` +
    (moved === 0
      ? 'No night has left the range of one.'
      : `${formatPlural(moved, 'night')} left the range of one.`)
  );
}

/** Night by night, how far the mean accuracy of fixed seeds lay from the calibration; the ribbon is what is allowed. */
export function drawDriftCurve(input: {
  readonly id: string;
  readonly title: string;
  readonly points: readonly DriftPoint[];
}): Chart {
  const { id, title } = input;
  const points = input.points.filter(({ change }) => Number.isFinite(change));
  const scale = niceScale([-1.5, 1.5, ...points.map(({ change }) => change)], { count: 5 });
  const days = points.map(({ date }) => dayNumber(date));
  const first = days[0] ?? 0;
  const last = Math.max(days.at(-1) ?? 0, first + 1);
  const x = {
    field: 'day',
    type: 'quantitative',
    scale: { domain: [0, last - first], nice: false, zero: false },
    axis: {
      ...AXIS,
      title: points[0] === undefined ? 'Nights' : `Nights since ${points[0].date}`,
      grid: false,
      values: niceScale([0, last - first], { count: 5, limits: [0, last - first], integer: true })
        .ticks,
      format: 'd',
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
      labelExpr: fixedLabels(scale.decimals),
    },
  });
  const row = (point: DriftPoint): { day: number; value: number } => ({
    day: dayNumber(point.date) - first,
    value: point.change,
  });
  return drawChart({
    id,
    title,
    description: describe(points),
    table: {
      columns: ['Night', 'Change in standard deviations'],
      rows: points.map(({ date, change }) => [date, formatFixed(change, 2)]),
    },
    width: WIDTH,
    height: HEIGHT,
    margin: MARGIN,
    spec: {
      layer: [
        {
          data: { name: 'allowed' },
          mark: { type: 'area', color: colour('band'), opacity: 0.3, line: false },
          encoding: { x, y: y('low'), y2: { field: 'high' } },
        },
        {
          data: { name: 'points' },
          mark: { type: 'line', color: colour('reference'), strokeWidth: 1.4, strokeJoin: 'round' },
          encoding: { x, y: y('value') },
        },
        {
          data: { name: 'calm' },
          mark: { type: 'circle', color: colour('reference'), opacity: 1, size: 30 },
          encoding: { x, y: y('value') },
        },
        {
          data: { name: 'moved' },
          mark: {
            type: 'point',
            shape: 'diamond',
            filled: true,
            color: colour('yours'),
            opacity: 1,
            size: 70,
          },
          encoding: { x, y: y('value') },
        },
      ],
    },
    data: {
      allowed: [0, last - first].map((day) => ({ day, low: -1, high: 1 })),
      points: points.map((point) => row(point)),
      calm: points.filter(({ moved }) => !moved).map((point) => row(point)),
      moved: points.filter(({ moved }) => moved).map((point) => row(point)),
    },
  });
}

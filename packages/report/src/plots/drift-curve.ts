import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { formatCount, formatFixed, formatPlural } from '../format.ts';
import { plotAxes } from './axes.ts';
import { type Chart, frameChart } from './chart.ts';
import { colour } from './palette.ts';
import { fixedTick, niceScale } from './scales.ts';
import { circle, diamond, DIGITS, group, rectangle } from './svg.ts';

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
  const nights = niceScale([0, last - first], {
    count: 5,
    limits: [0, last - first],
    integer: true,
  });
  const across = scaleLinear([0, last - first], [0, WIDTH]);
  const y = scaleLinear(scale.domain, [HEIGHT, 0]);
  const x = ({ date }: DriftPoint): number => across(dayNumber(date) - first);
  const path = line<DriftPoint>(x, ({ change }) => y(change)).digits(DIGITS)(points);
  const rows = scale.ticks.map((tick) => ({ at: y(tick), label: fixedTick(tick, scale) }));
  return frameChart({
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
    marks: [
      plotAxes({
        width: WIDTH,
        height: HEIGHT,
        columns: nights.ticks.map((tick) => ({ at: across(tick), label: formatCount(tick) })),
        columnsTitle: points[0] === undefined ? 'Nights' : `Nights since ${points[0].date}`,
        rows,
      }),
      rectangle({
        x: 0,
        y: y(1),
        width: WIDTH,
        height: y(-1) - y(1),
        attributes: `fill="${colour('band')}" fill-opacity="0.3"`,
      }),
      path === null
        ? ''
        : `<path d="${path}" stroke="${colour('reference')}" stroke-width="1.4" stroke-linejoin="round"/>`,
      group(
        `fill="${colour('reference')}"`,
        points.filter(({ moved }) => !moved).map((point) => circle(x(point), y(point.change), 2.7)),
      ),
      group(
        `fill="${colour('yours')}"`,
        points.filter(({ moved }) => moved).map((point) => diamond(x(point), y(point.change), 4.2)),
      ),
    ],
  });
}

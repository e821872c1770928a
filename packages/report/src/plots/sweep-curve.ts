import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { formatCount, formatPercent, formatSeconds } from '../format.ts';
import { plotAxes } from './axes.ts';
import { type Chart, frameChart } from './chart.ts';
import { colour } from './palette.ts';
import { fixedTick, type LinearScale, percentTick } from './scales.ts';
import { circle, DIGITS, group } from './svg.ts';

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

interface Place {
  readonly at: number;
  readonly value: number;
}

/** Settings from left to right, with some room at both ends; over a wide range the axis is logarithmic. */
function settingScale(values: readonly number[]): (value: number) => number {
  const low = values[0] ?? 1;
  const high = values.at(-1) ?? 1;
  if (low > 0 && high / low >= LOGARITHMIC_FROM) {
    return scaleLog([low / 1.25, high * 1.25], [0, WIDTH]);
  }
  const room = low === high ? 1 : (high - low) * 0.05;
  return scaleLinear([low - room, high + room], [0, WIDTH]);
}

/** A measure against a setting that is varied: every run as a dot, their mean as a line. */
export function drawSweepCurve(curve: SweepCurve): Chart {
  const { id, title, axis, measure, scale } = curve;
  const points = curve.points.toSorted((a, b) => a.value - b.value);
  const x = settingScale(points.map(({ value }) => value));
  const y = (measure === 'error' ? scaleLog : scaleLinear)(scale.domain, [HEIGHT, 0]);
  const means = points.flatMap((point): Place[] => {
    const value = meanAt(point);
    return value === null ? [] : [{ at: point.value, value }];
  });
  const runs = points.flatMap(({ value: at, runs }) =>
    runs.filter(Number.isFinite).map((value): Place => ({ at, value })),
  );
  const path = line<Place>(
    ({ at }) => x(at),
    ({ value }) => y(value),
  ).digits(DIGITS)(means);
  const dots = (places: readonly Place[], radius: number): string[] =>
    places.map(({ at, value }) => circle(x(at), y(value), radius));
  const rows = scale.ticks.map((tick) => ({
    at: y(tick),
    label: measure === 'seconds' ? fixedTick(tick, scale) : percentTick(tick, scale),
  }));
  const columns = points.map(({ value }) => ({ at: x(value), label: settingText(value) }));
  return frameChart({
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
    marks: [
      plotAxes({ width: WIDTH, height: HEIGHT, columns, columnsTitle: axis, rows }),
      path === null
        ? ''
        : `<path d="${path}" stroke="${colour('reference')}" stroke-width="2" stroke-linejoin="round"/>`,
      group(`fill="${colour('reference')}" fill-opacity="0.35"`, dots(runs, 2.55)),
      group(
        `fill="${colour('reference')}" stroke="${colour('surface')}" stroke-width="1.2"`,
        dots(means, 3.4),
      ),
    ],
  });
}

import { formatPlural, formatSeconds } from '../format.ts';
import { stackDots } from './accuracy-strip.ts';
import { AXIS, fixedLabels, niceScale } from './axes.ts';
import { type Chart, drawChart } from './chart.ts';
import { colour } from './palette.ts';

/** How long one training took. */
export interface Timing {
  readonly label: string;
  /** Wall-clock seconds. */
  readonly seconds: number;
}

const WIDTH = 316;
const DOT = 9;
const MARGIN = { top: 22, right: 14, bottom: 42, left: 14 };

/** Training times as a dot plot from zero on, so that their scatter is seen against their size; a rule marks the median. */
export function drawTimingStrip(input: {
  readonly id: string;
  readonly timings: readonly Timing[];
}): Chart {
  const { id } = input;
  const timings = input.timings.filter(({ seconds }) => Number.isFinite(seconds));
  const sorted = timings.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0;
  const median = (low + high) / 2;
  const scale = niceScale([0, ...sorted], { count: 5 });
  const dots = stackDots(sorted, scale, WIDTH);
  const levels = dots.reduce((most, { level }) => Math.max(most, level + 1), 1);
  const height = Math.max(54, levels * DOT + 16);
  const [from, to] = scale.domain;
  const left = (median - from) / (to - from) < 0.6;
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: scale.domain, nice: false, zero: false },
    axis: {
      ...AXIS,
      title: 'Seconds of training',
      grid: false,
      values: scale.ticks,
      labelExpr: fixedLabels(scale.decimals),
      labelFlush: true,
    },
  };
  const y = { field: 'y', type: 'quantitative', scale: null, axis: null };
  return drawChart({
    id,
    title: 'Training time of the trials',
    description:
      sorted.length === 0
        ? 'No training time was measured.'
        : `${formatPlural(sorted.length, 'trial')} took from ${formatSeconds(sorted[0] ?? 0)} to ${formatSeconds(sorted.at(-1) ?? 0)}; the median is ${formatSeconds(median)}.`,
    table: {
      columns: ['Trial', 'Seconds'],
      rows: timings.map(({ label, seconds }) => [label, formatSeconds(seconds)]),
    },
    width: WIDTH,
    height,
    margin: MARGIN,
    spec: {
      layer: [
        {
          data: { name: 'median' },
          mark: { type: 'rule', color: colour('ink'), strokeWidth: 1.5, strokeDash: [4, 3] },
          encoding: { x, y, y2: { field: 'bottom' } },
        },
        {
          data: { name: 'median' },
          mark: {
            type: 'text',
            align: left ? 'left' : 'right',
            dx: left ? -2 : 2,
            dy: -9,
            fontSize: 11,
            color: colour('ink'),
          },
          encoding: { x, y, text: { field: 'text' } },
        },
        {
          data: { name: 'trials' },
          mark: { type: 'circle', color: colour('reference'), opacity: 0.8, size: 52 },
          encoding: { x, y },
        },
      ],
    },
    data: {
      median:
        sorted.length === 0
          ? []
          : [{ value: median, y: 0, bottom: height, text: `median ${formatSeconds(median)}` }],
      trials: dots.map(({ value, level }) => ({ value, y: height - 8 - level * DOT })),
    },
  });
}

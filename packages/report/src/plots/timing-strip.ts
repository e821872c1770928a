import { scaleLinear } from 'd3-scale';
import { formatPlural, formatSeconds } from '../format.ts';
import { type Chart, frameChart } from './chart.ts';
import { fixedTick, niceScale } from './scales.ts';
import { dotLane, labelledRule, STRIP, stripAxis } from './strip.ts';

/** How long one training took. */
export interface Timing {
  readonly label: string;
  /** Wall-clock seconds. */
  readonly seconds: number;
}

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
  const { height, marks } = dotLane(sorted, scale);
  const at = scaleLinear(scale.domain, [0, STRIP.width])(median);
  return frameChart({
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
    width: STRIP.width,
    height,
    margin: STRIP.margin,
    marks: [
      stripAxis({ height, scale, title: 'Seconds of training', show: fixedTick }),
      sorted.length === 0
        ? ''
        : labelledRule({ at, bottom: height, label: `median ${formatSeconds(median)}` }),
      marks,
    ],
  });
}

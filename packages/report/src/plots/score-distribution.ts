import { scaleLinear } from 'd3-scale';
import { formatCount, formatPlural, formatPoints } from '../format.ts';
import { plotAxes } from './axes.ts';
import { type Chart, frameChart } from './chart.ts';
import { colour } from './palette.ts';
import { niceScale } from './scales.ts';
import { group, rectangle, text } from './svg.ts';

const WIDTH = 290;
const HEIGHT = 170;
const MARGIN = { top: 16, right: 12, bottom: 42, left: 42 };

/** Counts of scores in equal bins from 0 to `max`; the last bin holds the full score too. */
export function binScores(
  scores: readonly number[],
  max: number,
): { from: number; to: number; count: number }[] {
  const bins = Math.min(10, Math.max(1, Math.ceil(max)));
  const width = max / bins;
  const counts = Array.from({ length: bins }, (_, index) => ({
    from: index * width,
    to: (index + 1) * width,
    count: 0,
  }));
  for (const score of scores) {
    const bin = counts[Math.min(bins - 1, Math.max(0, Math.floor(score / width)))];
    if (bin !== undefined) bin.count++;
  }
  return counts;
}

const range = ({ from, to }: { from: number; to: number }): string =>
  `${formatPoints(from)} to ${formatPoints(to)}`;

/** A histogram of the points decided so far. */
export function drawScoreDistribution(input: {
  readonly id: string;
  readonly scores: readonly number[];
  readonly max: number;
}): Chart {
  const { id, scores, max } = input;
  const bins = binScores(scores, max);
  const scale = niceScale([0, ...bins.map(({ count }) => count)], { count: 4, integer: true });
  const [modal] = bins.toSorted((a, b) => b.count - a.count || a.from - b.from);
  const x = scaleLinear([0, max], [0, WIDTH]);
  const y = scaleLinear(scale.domain, [HEIGHT, 0]);
  const rows = scale.ticks.map((tick) => ({ at: y(tick), label: formatCount(tick) }));
  const columns = niceScale([0, max], { count: 5, limits: [0, max] }).ticks.map((tick) => ({
    at: x(tick),
    label: formatPoints(tick),
  }));
  const filled = bins.filter(({ count }) => count > 0);
  return frameChart({
    id,
    title: 'Distribution of scores',
    description:
      scores.length === 0
        ? 'No submission has a score.'
        : `${formatPlural(scores.length, 'score')} out of ${formatPoints(max)} points${where(scores.length, modal ?? { from: 0, to: max, count: 0 })}.`,
    table: {
      columns: ['Points', 'Submissions'],
      rows: bins.map((bin) => [range(bin), formatCount(bin.count)]),
    },
    width: WIDTH,
    height: HEIGHT,
    margin: MARGIN,
    marks: [
      plotAxes({
        width: WIDTH,
        height: HEIGHT,
        columns,
        columnsTitle: 'Points decided so far',
        rows,
        rowsTitle: 'Submissions',
      }),
      group(
        `fill="${colour('reference')}" stroke="${colour('surface')}" stroke-width="1.5"`,
        filled.map(({ from, to, count }) =>
          rectangle({ x: x(from), y: y(count), width: x(to) - x(from), height: HEIGHT - y(count) }),
        ),
      ),
      group(
        `fill="${colour('ink')}" font-size="11" text-anchor="middle"`,
        filled.map(({ from, to, count }) =>
          text(x((from + to) / 2), y(count) - 4, formatCount(count)),
        ),
      ),
    ],
  });
}

/** Where most scores lie, as the end of a sentence. */
function where(scores: number, modal: { from: number; to: number; count: number }): string {
  if (modal.count < scores) {
    return `; the range with the most (${formatCount(modal.count)}) is ${range(modal)}`;
  }
  return `, ${scores === 1 ? '' : 'all '}in the range ${range(modal)}`;
}

import { formatCount, formatPlural, formatPoints } from '../format.ts';
import { AXIS, niceScale } from './axes.ts';
import { type Chart, drawChart } from './chart.ts';
import { colour } from './palette.ts';

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
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: { domain: [0, max], nice: false },
    axis: {
      ...AXIS,
      title: 'Points decided so far',
      grid: false,
      values: niceScale([0, max], { count: 5, limits: [0, max] }).ticks,
      format: 'd',
    },
  };
  const y = (field: string): object => ({
    field,
    type: 'quantitative',
    scale: { domain: scale.domain, nice: false },
    axis: {
      ...AXIS,
      title: 'Submissions',
      values: scale.ticks,
      domain: false,
      ticks: false,
      format: 'd',
    },
  });
  return drawChart({
    id,
    title: 'Distribution of scores',
    description:
      scores.length === 0
        ? 'No submission has a score.'
        : `${formatPlural(scores.length, 'score')} out of ${formatPoints(max)} points; most of them (${formatCount(modal?.count ?? 0)}) lie in the range ${range(modal ?? { from: 0, to: max })}.`,
    table: {
      columns: ['Points', 'Submissions'],
      rows: bins.map((bin) => [range(bin), formatCount(bin.count)]),
    },
    width: WIDTH,
    height: HEIGHT,
    margin: MARGIN,
    spec: {
      data: { name: 'bins' },
      transform: [{ filter: 'datum.count > 0' }],
      layer: [
        {
          mark: {
            type: 'bar',
            color: colour('reference'),
            stroke: colour('surface'),
            strokeWidth: 1.5,
            cornerRadiusEnd: 2,
          },
          encoding: { x, x2: { field: 'to' }, y: y('count'), y2: { datum: 0 } },
        },
        {
          mark: { type: 'text', dy: -7, fontSize: 11, color: colour('ink') },
          encoding: {
            x: { ...x, field: 'middle' },
            y: y('count'),
            text: { field: 'count', format: 'd' },
          },
        },
      ],
    },
    data: {
      bins: bins.map(({ from, to, count }) => ({ from, to, count, middle: (from + to) / 2 })),
    },
  });
}

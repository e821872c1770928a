import { formatPercent } from '../format.ts';
import { AXIS } from './axes.ts';
import { type Chart, drawChart } from './chart.ts';
import { colour } from './palette.ts';

/** How a class did on one question, as shares of its points. */
export interface QuestionShare {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  /** Mean share of the points that were given, 0…1; `null` where nothing is decided. */
  readonly given: number;
  /** Mean share of the points that wait for a reader. */
  readonly pending: number;
}

const ROW = 24;
const WIDTH = 282;
const MARGIN = { top: 6, right: 14, bottom: 42, left: 48 };

/** Horizontal bars, one a question: points given (solid) and points that wait for a reader (pale, outlined). */
export function drawQuestionDifficulty(input: {
  readonly id: string;
  readonly questions: readonly QuestionShare[];
}): Chart {
  const { id, questions } = input;
  const names = questions.map(({ number }) => `Q${number}`);
  const hardest = questions.toSorted(
    (a, b) => a.given + a.pending - (b.given + b.pending) || a.number - b.number,
  )[0];
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: { domain: [0, 1], nice: false },
    axis: {
      ...AXIS,
      title: 'Mean share of the points',
      values: [0, 0.25, 0.5, 0.75, 1],
      labelExpr: "format(datum.value * 100, 'd') + ' %'",
      labelFlush: true,
      domain: false,
      ticks: false,
    },
  };
  const y = {
    field: 'question',
    type: 'ordinal',
    scale: { domain: names, paddingInner: 0.36, paddingOuter: 0.18 },
    axis: { ...AXIS, title: null, ticks: false, labelColor: colour('ink') },
  };
  return drawChart({
    id,
    title: 'Points given in each question',
    description:
      hardest === undefined
        ? 'There is no question.'
        : `Question ${hardest.number} (${hardest.title}) is the hardest so far: on average ${formatPercent(hardest.given, 0)} of its points are given and ${formatPercent(hardest.pending, 0)} wait for a reader.`,
    table: {
      columns: ['Question', 'Points given', 'Waiting for a reader'],
      rows: questions.map(({ number, title, given, pending }) => [
        `Q${number} ${title}`,
        formatPercent(given, 0),
        formatPercent(pending, 0),
      ]),
    },
    width: WIDTH,
    height: ROW * Math.max(1, questions.length),
    margin: MARGIN,
    spec: {
      layer: [
        {
          data: { name: 'track' },
          mark: { type: 'bar', color: colour('sunken'), cornerRadius: 2 },
          encoding: { x, x2: { field: 'to' }, y },
        },
        {
          data: { name: 'pending' },
          mark: {
            type: 'bar',
            color: colour('band'),
            fillOpacity: 0.4,
            stroke: colour('reference'),
            strokeDash: [3, 2],
            strokeWidth: 1,
          },
          encoding: { x, x2: { field: 'to' }, y },
        },
        {
          data: { name: 'given' },
          mark: { type: 'bar', color: colour('reference'), cornerRadius: 2 },
          encoding: { x, x2: { field: 'to' }, y },
        },
      ],
    },
    data: {
      track: names.map((question) => ({ question, from: 0, to: 1 })),
      given: questions.flatMap(({ number, given }) =>
        given > 0 ? [{ question: `Q${number}`, from: 0, to: given }] : [],
      ),
      pending: questions.flatMap(({ number, given, pending }) =>
        pending > 0 ? [{ question: `Q${number}`, from: given, to: given + pending }] : [],
      ),
    },
  });
}

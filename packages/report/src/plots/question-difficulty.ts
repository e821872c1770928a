import { scaleBand } from 'd3-scale';
import { formatPercent } from '../format.ts';
import { bottomAxis, gridColumns, leftAxis } from './axes.ts';
import { type Chart, frameChart } from './chart.ts';
import { colour } from './palette.ts';
import { group, rectangle } from './svg.ts';

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
  const hardest = questions.toSorted(
    (a, b) => a.given + a.pending - (b.given + b.pending) || a.number - b.number,
  )[0];
  const height = ROW * Math.max(1, questions.length);
  const rows = scaleBand(questions.keys(), [0, height]).paddingInner(0.36).paddingOuter(0.18);
  const thickness = rows.bandwidth();
  const bar = (row: number, from: number, to: number, attributes?: string): string[] =>
    to > from
      ? [
          rectangle({
            x: from * WIDTH,
            y: rows(row) ?? 0,
            width: (to - from) * WIDTH,
            height: thickness,
            ...(attributes === undefined ? {} : { attributes }),
          }),
        ]
      : [];
  const shares = [0, 0.25, 0.5, 0.75, 1].map((share) => ({
    at: share * WIDTH,
    label: formatPercent(share, 0),
  }));
  const names = questions.map(({ number }, row) => ({
    at: (rows(row) ?? 0) + thickness / 2,
    label: `Q${number}`,
  }));
  return frameChart({
    id,
    title: 'Points given in each question',
    description:
      hardest === undefined
        ? 'There is no question.'
        : `${hardestText(hardest, questions)} points are given and ${formatPercent(hardest.pending, 0)} need manual grading.`,
    table: {
      columns: ['Question', 'Points given', 'Needs manual grading'],
      rows: questions.map(({ number, title, given, pending }) => [
        `Q${number} ${title}`,
        formatPercent(given, 0),
        formatPercent(pending, 0),
      ]),
    },
    width: WIDTH,
    height,
    margin: MARGIN,
    marks: [
      gridColumns(shares, height),
      bottomAxis({
        width: WIDTH,
        height,
        ticks: shares,
        title: 'Mean share of the points',
        line: false,
      }),
      leftAxis({ height, ticks: names, ink: 'ink' }),
      `<path d="M0.5,0.5v${height}" stroke="${colour('axis')}"/>`,
      group(
        `fill="${colour('sunken')}"`,
        questions.flatMap((_, row) => bar(row, 0, 1, 'rx="2"')),
      ),
      group(
        `fill="${colour('band')}" fill-opacity="0.4" stroke="${colour('reference')}" stroke-dasharray="3,2"`,
        questions.flatMap(({ given, pending }, row) => bar(row, given, given + pending)),
      ),
      group(
        `fill="${colour('reference')}"`,
        questions.flatMap(({ given }, row) => bar(row, 0, given, 'rx="2"')),
      ),
    ],
  });
}

/** Which questions are the hardest, as the beginning of a sentence; several may be so alike. */
function hardestText(hardest: QuestionShare, questions: readonly QuestionShare[]): string {
  const alike = questions.filter(
    ({ given, pending }) => given === hardest.given && pending === hardest.pending,
  ).length;
  const name = `${alike === 1 ? 'Question' : 'question'} ${hardest.number} (${hardest.title})`;
  const given = `on average ${formatPercent(hardest.given, 0)} of`;
  return alike === 1
    ? `${name} is the hardest so far: ${given} its`
    : `${alike} questions are the hardest so far, the first of them ${name}: ${given} their`;
}

import { scaleBand } from 'd3-scale';
import { formatCount } from '../format.ts';
import { bottomAxis, leftAxis, LETTER, type Tick } from './axes.ts';
import { type Chart, frameChart } from './chart.ts';
import { colour } from './palette.ts';
import { group, px, rectangle, text } from './svg.ts';
import { escapeXml } from '@labproof/submission';

/** A kind of mistake and how often it was made. */
export interface ConfusedPair {
  readonly label: number;
  readonly predicted: number;
  readonly count: number;
}

/** The mistakes of a confusion matrix `[true][predicted]`, most frequent first; ties by label. */
export function confusedPairs(
  confusion: readonly (readonly number[])[],
  limit: number,
): ConfusedPair[] {
  return confusion
    .flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .toSorted((a, b) => b.count - a.count || a.label - b.label || a.predicted - b.predicted)
    .slice(0, limit);
}

/** Opacities of the tints, chosen so that the numbers on them keep a contrast of 4.5 in both themes. */
export const MISTAKE_OPACITY = { least: 0.08, most: 0.66 } as const;
export const DIAGONAL_OPACITY = 0.2;

/** How strongly a mistake is tinted: by the square root of its share of the most frequent one, so that rare ones still show. */
export function mistakeOpacity(count: number, most: number): number {
  if (count === 0 || most === 0) return 0;
  const { least, most: top } = MISTAKE_OPACITY;
  return least + (top - least) * Math.sqrt(count / most);
}

/** Sides of a cell: few classes fill the room, many are no smaller than their numbers. */
const CELL = { least: 29, most: 110 } as const;
/** Room for ten classes. */
const SIDE = 10 * CELL.least;
/** More classes than these need the width of a page. */
const MOST_BESIDE = 12;

/** Whether a matrix of so many classes is too wide to stand beside another chart. */
export function needsWidth(classes: number): boolean {
  return classes > MOST_BESIDE;
}

function cellSide(confusion: readonly (readonly number[])[]): number {
  const longest = confusion
    .flat()
    .reduce((most, count) => Math.max(most, formatCount(count).length), 0);
  const least = Math.max(CELL.least, longest * LETTER + 2);
  return Math.min(CELL.most, Math.max(least, Math.floor(SIDE / Math.max(1, confusion.length))));
}

const MARGIN = { top: 8, right: 6, bottom: 42, left: 46 };
/** Names longer than a cell are set aslant below it. */
const LONGEST_UPRIGHT = 3;
/** Letters of a name that there is room for. */
const LONGEST = 15;

const shorten = (name: string): string =>
  name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;

/** Names of the predicted classes below the matrix; `room` is what setting them aslant takes, 0 where they stand upright. */
function columnAxis(ticks: readonly Tick[], side: number, room: number): string {
  const title = 'Predicted class';
  if (room === 0) return bottomAxis({ width: side, height: side, ticks, title, line: false });
  return group(`font-size="11" fill="${colour('muted')}"`, [
    ...ticks.map(
      ({ at, label }) =>
        `<text transform="translate(${px(at)},${side + 4}) rotate(-45)" y="9" text-anchor="end">${escapeXml(label)}</text>`,
    ),
    text(
      side / 2,
      side + 33 + room * Math.SQRT1_2,
      title,
      'text-anchor="middle" font-weight="600"',
    ),
  ]);
}

/** One count of a matrix and where its cell is drawn. */
interface Cell extends ConfusedPair {
  readonly x: number;
  readonly y: number;
}

function drawCells(cells: readonly Cell[], side: number): string[] {
  const most = cells.reduce(
    (most, { label, predicted, count }) => (label === predicted ? most : Math.max(most, count)),
    0,
  );
  const square = ({ x, y }: Cell, opacity: string): string =>
    rectangle({ x, y, width: side, height: side, attributes: `rx="3"${opacity}` });
  const number = ({ x, y, count }: Cell): string =>
    text(x + side / 2, y + side / 2 + 3, count === 0 ? '·' : formatCount(count));
  const right = cells.filter(({ label, predicted }) => label === predicted);
  const wrong = cells.filter(({ label, predicted, count }) => label !== predicted && count > 0);
  const type = 'text-anchor="middle" font-size="10.5"';
  return [
    group(
      `fill="${colour('hit')}" fill-opacity="${DIAGONAL_OPACITY}"`,
      right.map((cell) => square(cell, '')),
    ),
    group(
      `fill="${colour('miss')}"`,
      wrong.map((cell) => square(cell, ` fill-opacity="${px(mistakeOpacity(cell.count, most))}"`)),
    ),
    group(
      `${type} fill="${colour('ink')}"`,
      cells.filter(({ count }) => count > 0).map((cell) => number(cell)),
    ),
    group(
      `${type} fill="${colour('muted')}"`,
      cells.filter(({ count }) => count === 0).map((cell) => number(cell)),
    ),
  ];
}

/** A heat map of counts: rows true, columns predicted. Mistakes glow, the right answers stay calm, every cell carries its number. */
export function drawConfusionMatrix(input: {
  readonly id: string;
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly string[];
}): Chart {
  const { id, confusion, classes } = input;
  const total = confusion.flat().reduce((sum, count) => sum + count, 0);
  const right = confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  const [worst] = confusedPairs(confusion, 1);
  const name = (label: number): string => classes[label] ?? String(label);
  const names = confusion.map((_, label) => name(label));
  const longest = names.reduce((most, label) => Math.max(most, label.length), 0);
  const room = longest > LONGEST_UPRIGHT ? Math.min(longest, 12) * LETTER : 0;
  const side = cellSide(confusion) * names.length;
  const band = scaleBand(names.keys(), [0, side]).paddingInner(0.06);
  const start = (label: number): number => band(label) ?? 0;
  const ticks = names.map((label, index) => ({
    at: start(index) + band.bandwidth() / 2,
    label: shorten(label),
  }));
  const cells = confusion.flatMap((row, label) =>
    row.map((count, predicted) => ({
      label,
      predicted,
      count,
      x: start(predicted),
      y: start(label),
    })),
  );
  return frameChart({
    id,
    title: 'Confusion matrix',
    description:
      `Of ${formatCount(total)} test images ${formatCount(right)} are classified correctly.` +
      (worst === undefined
        ? ' There is no mistake.'
        : ` The most frequent mistake reads ${name(worst.label)} as ${name(worst.predicted)}, ${formatCount(worst.count)} times.`),
    table: {
      columns: ['True class', ...names.map((label) => `Predicted ${label}`)],
      rows: confusion.map((row, label) =>
        [name(label)].concat(row.map((count) => formatCount(count))),
      ),
    },
    width: side,
    height: side,
    margin: { ...MARGIN, left: MARGIN.left + room, bottom: MARGIN.bottom + room },
    marks: [
      ...drawCells(cells, band.bandwidth()),
      columnAxis(ticks, side, room),
      leftAxis({ height: side, ticks, title: 'True class' }),
    ],
  });
}

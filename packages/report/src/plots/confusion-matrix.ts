import { formatCount } from '../format.ts';
import { AXIS } from './axes.ts';
import { type Chart, drawChart } from './chart.ts';
import { colour } from './palette.ts';

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

const CELL = 29;
const MARGIN = { top: 8, right: 6, bottom: 42, left: 46 };
/** Names longer than a cell are set aslant below it; the width of a letter is an estimate. */
const LONGEST_UPRIGHT = 3;
const LETTER = 6;

const axis = (title: string): object => ({
  ...AXIS,
  title,
  domain: false,
  ticks: false,
  labelAngle: 0,
  labelPadding: 4,
});

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
  const cells = confusion.flatMap((row, label) =>
    row.map((count, predicted) => {
      const diagonal = label === predicted;
      const opacity = diagonal ? DIAGONAL_OPACITY : mistakeOpacity(count, worst?.count ?? 0);
      return {
        label: name(label),
        predicted: name(predicted),
        text: count === 0 ? '·' : formatCount(count),
        opacity,
        fill: colour(diagonal ? 'hit' : 'miss'),
        ink: colour(count === 0 ? 'muted' : 'ink'),
      };
    }),
  );
  const names = classes.slice(0, confusion.length);
  const longest = names.reduce((most, label) => Math.max(most, label.length), 0);
  const aslant = longest > LONGEST_UPRIGHT;
  const room = aslant ? Math.min(longest, 12) * LETTER : 0;
  const x = {
    field: 'predicted',
    type: 'ordinal',
    scale: { domain: names, paddingInner: 0.06, paddingOuter: 0 },
    axis: aslant
      ? { ...axis('Predicted class'), labelAngle: -45, labelLimit: 90 }
      : axis('Predicted class'),
  };
  const y = {
    field: 'label',
    type: 'ordinal',
    scale: { domain: names, paddingInner: 0.06, paddingOuter: 0 },
    axis: { ...axis('True class'), labelLimit: 90 },
  };
  return drawChart({
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
    width: CELL * names.length,
    height: CELL * names.length,
    margin: {
      ...MARGIN,
      left: MARGIN.left + room,
      bottom: MARGIN.bottom + room,
    },
    spec: {
      data: { name: 'cells' },
      encoding: { x, y },
      layer: [
        {
          mark: { type: 'rect', cornerRadius: 3 },
          encoding: {
            color: { field: 'fill', type: 'nominal', scale: null, legend: null },
            fillOpacity: { field: 'opacity', type: 'quantitative', scale: null, legend: null },
          },
        },
        {
          mark: { type: 'text', fontSize: 10.5, baseline: 'middle' },
          encoding: {
            text: { field: 'text' },
            color: { field: 'ink', type: 'nominal', scale: null, legend: null },
          },
        },
      ],
    },
    data: { cells },
  });
}

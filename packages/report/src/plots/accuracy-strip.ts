import { scaleLinear } from 'd3-scale';
import type { ToleranceBound } from '@labproof/core/statistics';
import { formatCount, formatPercent, formatPlural } from '../format.ts';
import { type Chart, frameChart } from './chart.ts';
import { colour } from './palette.ts';
import { type LinearScale, niceScale, percentTick } from './scales.ts';
import { countLevels, dotLane, labelledRule, stackDots, STRIP, stripAxis } from './strip.ts';
import { diamond, group, px, rectangle, text } from './svg.ts';

/** Submissions or single models that are marked below the reference trials. */
export interface MarkedValue {
  readonly label: string;
  readonly value: number;
}

const OWN_LANE = 30;
const EDGE_LANE = 22;
/** How far a label stands from the mark that it names. */
const BESIDE = 10;
const NAME = `font-size="11.5" font-weight="600" fill="${colour('yours')}"`;

/** The scale belongs to the reference trials and the bound; a value far outside is drawn at the edge and says so. */
function stripScale(
  trials: readonly number[],
  bound: ToleranceBound | null,
  marked: readonly number[],
): LinearScale {
  const core = [...trials, ...(bound === null ? [] : [bound.value])];
  const grounds = core.length === 0 ? marked : core;
  const low = grounds.reduce((a, b) => Math.min(a, b), Infinity);
  const high = grounds.reduce((a, b) => Math.max(a, b), -Infinity);
  const reach = Math.max(high - low, 0.004) * 5;
  const near = marked.filter((value) => value >= low - reach && value <= high + reach);
  return niceScale([...core, ...near], { count: 4, limits: [0, 1] });
}

/** The submission's values in a lane of their own, stacked downwards; a single one is named beside its mark. */
function drawOwn(
  marked: readonly MarkedValue[],
  scale: LinearScale,
  lane: { readonly top: number; readonly named: boolean },
): { readonly height: number; readonly marks: readonly string[] } {
  const [first] = marked;
  if (first === undefined) return { height: 0, marks: [] };
  const dots = stackDots(
    marked.map(({ value }) => value),
    scale,
    STRIP.width,
  );
  const levels = countLevels(dots);
  const height = Math.max(OWN_LANE, levels * STRIP.dot + 14);
  const x = scaleLinear(scale.domain, [0, STRIP.width]);
  const level = (at: number): number => lane.top + (levels === 1 ? height / 2 : 8 + at * STRIP.dot);
  const marks = [
    group(
      `fill="${colour('yours')}"`,
      dots.map((dot) => diamond(x(dot.value), level(dot.level), lane.named ? 4.7 : 3.5)),
    ),
  ];
  if (lane.named) {
    const at = x(first.value);
    const right = at < STRIP.width * 0.6;
    const label = `${first.label} ${formatPercent(first.value)}`;
    const anchor = `text-anchor="${right ? 'start' : 'end'}" ${NAME}`;
    marks.push(text(at + (right ? BESIDE : -BESIDE), level(0) + 3, label, anchor));
  }
  return { height, marks };
}

/** An arrow at an edge of the strip towards values that lie beyond it. */
function drawBeyond(values: readonly MarkedValue[], side: 'left' | 'right', y: number): string {
  if (values.length === 0) return '';
  const left = side === 'left';
  const [at, inwards] = left ? [0, 1] : [STRIP.width, -1];
  const arrow = `M${px(at - 3.9 * inwards)},${px(y)}l${px(7.8 * inwards)},-4.5v9Z`;
  const anchor = `text-anchor="${left ? 'start' : 'end'}" ${NAME}`;
  return (
    `<path d="${arrow}" fill="${colour('yours')}"/>` +
    text(at + BESIDE * inwards, y + 3, edgeText(values), anchor)
  );
}

/**
 * Test accuracies of the reference trials as a dot plot with the lower tolerance bound; below them the
 * submission's own value, or those of a class.
 */
export function drawAccuracyStrip(input: {
  readonly id: string;
  readonly trials: readonly number[];
  readonly bound: ToleranceBound | null;
  readonly marked: readonly MarkedValue[];
  /** What the marked values are: `your model`, `a submission`. */
  readonly markedName: string;
}): Chart {
  const { id, bound, markedName } = input;
  const trials = input.trials.filter((value) => Number.isFinite(value));
  const marked = input.marked.filter(({ value }) => Number.isFinite(value));
  const scale = stripScale(
    trials,
    bound,
    marked.map(({ value }) => value),
  );
  const [low, high] = scale.domain;
  const inside = marked.filter(({ value }) => value >= low && value <= high);
  const below = marked.filter(({ value }) => value < low);
  const above = marked.filter(({ value }) => value > high);
  const x = scaleLinear(scale.domain, [0, STRIP.width]);
  const lane = dotLane(trials, scale);
  const own = drawOwn(inside, scale, { top: lane.height, named: marked.length === 1 });
  const lanes = lane.height + own.height;
  const height = lanes + (below.length + above.length === 0 ? 0 : EDGE_LANE);
  const edge = height - EDGE_LANE / 2 - 2;
  return frameChart({
    id,
    title:
      marked.length === 0
        ? 'Test accuracy of the trials'
        : 'Test accuracy beside the reference trials',
    description: describe(trials, bound, marked, markedName),
    table: {
      columns: ['What', 'Test accuracy'],
      rows: [
        ...marked.map(({ label, value }) => [label, formatPercent(value)]),
        ...(bound === null ? [] : [['Lower tolerance bound', formatPercent(bound.value, 3)]]),
        ...trials
          .toSorted((a, b) => a - b)
          .map((value, index) => [`Reference trial, rank ${index + 1}`, formatPercent(value)]),
      ],
    },
    width: STRIP.width,
    height,
    margin: STRIP.margin,
    marks: [
      stripAxis({ height, scale, title: 'Test accuracy', show: percentTick }),
      ...(bound === null
        ? []
        : [
            rectangle({
              x: 0,
              y: 0,
              width: x(bound.value),
              height,
              attributes: `fill="${colour('yours')}" fill-opacity="0.08"`,
            }),
            labelledRule({
              at: x(bound.value),
              bottom: lanes,
              label: `lower bound ${formatPercent(bound.value)}`,
            }),
          ]),
      lane.marks,
      ...own.marks,
      drawBeyond(below, 'left', edge),
      drawBeyond(above, 'right', edge),
    ],
  });
}

function edgeText(values: readonly MarkedValue[]): string {
  const [first] = values;
  return values.length === 1 && first !== undefined
    ? `${first.label} ${formatPercent(first.value)}, off this scale`
    : `${formatCount(values.length)} off this scale`;
}

function describe(
  trials: readonly number[],
  bound: ToleranceBound | null,
  marked: readonly MarkedValue[],
  markedName: string,
): string {
  const sentences: string[] = [];
  if (trials.length > 0) {
    const sorted = trials.toSorted((a, b) => a - b);
    sentences.push(
      `${formatPlural(trials.length, 'trial')} reach test accuracies from ${formatPercent(sorted[0] ?? 0)} to ${formatPercent(sorted.at(-1) ?? 0)}.`,
    );
  }
  if (bound !== null) {
    sentences.push(
      `The lower tolerance bound is ${formatPercent(bound.value)}: it covers ${formatPercent(bound.coverage, bound.coverage > 0.99 ? 1 : 0)} of all runs with ${formatPercent(bound.confidence, 0)} confidence, from ${formatPlural(bound.n, 'trial')}.`,
    );
  }
  const [first] = marked;
  if (marked.length === 1 && first !== undefined) {
    const rank = trials.filter((value) => value < first.value).length;
    sentences.push(
      `${first.label} reaches ${formatPercent(first.value)}` +
        (trials.length === 0
          ? '.'
          : `, better than ${rank === 0 ? 'none' : rank === trials.length ? 'all' : formatCount(rank)} of the ${formatPlural(trials.length, 'trial')}.`),
    );
  } else if (marked.length > 1 && bound !== null) {
    const short = marked.filter(({ value }) => value < bound.value).length;
    sentences.push(
      `${formatCount(short)} of ${formatCount(marked.length)} ${markedName} ${short === 1 ? 'lies' : 'lie'} below the bound.`,
    );
  }
  return sentences.join(' ');
}

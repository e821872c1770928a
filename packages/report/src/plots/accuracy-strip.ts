import type { ToleranceBound } from '@labproof/core';
import { formatCount, formatPercent, formatPlural } from '../format.ts';
import { AXIS, type LinearScale, niceScale, percentLabels } from './axes.ts';
import { type Chart, drawChart } from './chart.ts';
import { colour } from './palette.ts';

/** Submissions or single models that are marked below the reference trials. */
export interface MarkedValue {
  readonly label: string;
  readonly value: number;
}

const WIDTH = 316;
const DOT = 9;
const LANE = 54;
const YOURS_LANE = 30;
const EDGE_LANE = 22;
const MARGIN = { top: 22, right: 14, bottom: 42, left: 14 };

interface Dot {
  readonly value: number;
  readonly level: number;
}

/** Stacks values that would overlap, in ascending order: a dot plot. */
export function stackDots(values: readonly number[], scale: LinearScale, width: number): Dot[] {
  const [low, high] = scale.domain;
  const levels: number[] = [];
  return values
    .toSorted((a, b) => a - b)
    .map((value) => {
      const x = ((value - low) / (high - low)) * width;
      const free = levels.findIndex((taken) => x - taken >= DOT);
      const level = free === -1 ? levels.length : free;
      levels[level] = x;
      return { value, level };
    });
}

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
  const dots = stackDots(trials, scale, WIDTH);
  const own = stackDots(
    inside.map(({ value }) => value),
    scale,
    WIDTH,
  );
  const ownLevels = own.reduce((most, { level }) => Math.max(most, level + 1), 1);
  const levels = dots.reduce((most, { level }) => Math.max(most, level + 1), 1);
  const lane = Math.max(LANE, levels * DOT + 16);
  const ownLane = inside.length === 0 ? 0 : Math.max(YOURS_LANE, ownLevels * DOT + 14);
  const edgeLane = below.length + above.length === 0 ? 0 : EDGE_LANE;
  const height = lane + ownLane + edgeLane;
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: scale.domain, nice: false, zero: false },
    axis: {
      ...AXIS,
      title: 'Test accuracy',
      grid: false,
      values: scale.ticks,
      labelExpr: percentLabels(scale.decimals),
      labelFlush: true,
    },
  };
  const y = { field: 'y', type: 'quantitative', scale: null, axis: null };
  const edge = [
    ...(below.length > 0 ? [{ value: low, side: 'left', text: edgeText(below) }] : []),
    ...(above.length > 0 ? [{ value: high, side: 'right', text: edgeText(above) }] : []),
  ].map((row) => Object.assign(row, { y: height - EDGE_LANE / 2 - 2 }));
  const boundLeft = bound !== null && (bound.value - low) / (high - low) < 0.55;
  const single = marked.length === 1 && inside.length === 1 ? inside[0] : undefined;
  const singleLeft = single !== undefined && (single.value - low) / (high - low) < 0.6;
  return drawChart({
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
    width: WIDTH,
    height,
    margin: MARGIN,
    spec: {
      layer: [
        {
          data: { name: 'short' },
          mark: { type: 'rect', color: colour('yours'), opacity: 0.08 },
          encoding: { x, x2: { field: 'end' }, y, y2: { field: 'bottom' } },
        },
        {
          data: { name: 'bound' },
          mark: { type: 'rule', color: colour('ink'), strokeWidth: 1.5, strokeDash: [4, 3] },
          encoding: { x, y, y2: { field: 'bottom' } },
        },
        {
          data: { name: 'bound' },
          mark: {
            type: 'text',
            align: boundLeft ? 'left' : 'right',
            dx: boundLeft ? -2 : 2,
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
        {
          data: { name: 'marked' },
          mark: {
            type: 'point',
            shape: 'diamond',
            filled: true,
            color: colour('yours'),
            opacity: 1,
            size: marked.length === 1 ? 90 : 48,
          },
          encoding: { x, y },
        },
        {
          data: { name: 'single' },
          mark: {
            type: 'text',
            align: singleLeft ? 'left' : 'right',
            dx: singleLeft ? 10 : -10,
            baseline: 'middle',
            fontSize: 11.5,
            fontWeight: 600,
            color: colour('yours'),
          },
          encoding: { x, y, text: { field: 'text' } },
        },
        ...(['left', 'right'] as const).flatMap((side) => [
          {
            data: { name: 'edge' },
            transform: [{ filter: `datum.side === '${side}'` }],
            mark: {
              type: 'point',
              shape: 'triangle-up',
              angle: side === 'left' ? -90 : 90,
              filled: true,
              color: colour('yours'),
              opacity: 1,
              size: 80,
            },
            encoding: { x, y },
          },
          {
            data: { name: 'edge' },
            transform: [{ filter: `datum.side === '${side}'` }],
            mark: {
              type: 'text',
              align: side,
              dx: side === 'left' ? 10 : -10,
              baseline: 'middle',
              fontSize: 11.5,
              fontWeight: 600,
              color: colour('yours'),
            },
            encoding: { x, y, text: { field: 'text' } },
          },
        ]),
      ],
    },
    data: {
      short: bound === null ? [] : [{ value: low, end: bound.value, y: 0, bottom: height }],
      bound:
        bound === null
          ? []
          : [
              {
                value: bound.value,
                y: 0,
                bottom: lane + ownLane,
                text: `lower bound ${formatPercent(bound.value)}`,
              },
            ],
      trials: dots.map(({ value, level }) => ({ value, y: lane - 8 - level * DOT })),
      marked: own.map(({ value, level }) => ({
        value,
        y: lane + (ownLevels === 1 ? ownLane / 2 : 8 + level * DOT),
      })),
      single:
        single === undefined
          ? []
          : [
              {
                value: single.value,
                y: lane + ownLane / 2,
                text: `${single.label} ${formatPercent(single.value)}`,
              },
            ],
      edge: edge.map(({ value, side, text, y }) => ({ value, side, text, y })),
    },
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
      `The lower tolerance bound is ${formatPercent(bound.value)}: it covers ${formatPercent(bound.coverage, 0)} of all runs with ${formatPercent(bound.confidence, 0)} confidence, from ${formatPlural(bound.n, 'trial')}.`,
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
      `${formatCount(short)} of ${formatCount(marked.length)} ${markedName} lie below the bound.`,
    );
  }
  return sentences.join(' ');
}

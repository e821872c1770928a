import { scaleLinear } from 'd3-scale';
import { bottomAxis } from './axes.ts';
import { colour } from './palette.ts';
import type { LinearScale } from './scales.ts';
import { circle, group, px, text } from './svg.ts';

/** Single values along one axis, in the pixels of the plotting area. */
export const STRIP = {
  width: 316,
  margin: { top: 22, right: 14, bottom: 42, left: 14 },
  /** What a dot takes, its distance to the next one included. */
  dot: 9,
} as const;

/** The height of a lane that holds one dot, and what a lane of many needs besides. */
const LANE = 54;
const LANE_EDGES = 16;

interface Dot {
  readonly value: number;
  readonly level: number;
}

/** Stacks values that would overlap, in ascending order: a dot plot. */
export function stackDots(values: readonly number[], scale: LinearScale, width: number): Dot[] {
  const x = scaleLinear(scale.domain, [0, width]);
  const levels: number[] = [];
  return values
    .toSorted((a, b) => a - b)
    .map((value) => {
      const at = x(value);
      const free = levels.findIndex((taken) => at - taken >= STRIP.dot);
      const level = free === -1 ? levels.length : free;
      levels[level] = at;
      return { value, level };
    });
}

/** How many dots the highest stack holds. */
export function countLevels(dots: readonly Dot[]): number {
  return dots.reduce((most, { level }) => Math.max(most, level + 1), 1);
}

/** A lane of dots that stand on its floor, as many above each other as overlap. */
export function dotLane(
  values: readonly number[],
  scale: LinearScale,
): { readonly height: number; readonly marks: string } {
  const dots = stackDots(values, scale, STRIP.width);
  const height = Math.max(LANE, countLevels(dots) * STRIP.dot + LANE_EDGES);
  const x = scaleLinear(scale.domain, [0, STRIP.width]);
  const marks = group(
    `fill="${colour('reference')}" fill-opacity="0.8"`,
    dots.map(({ value, level }) => circle(x(value), height - 8 - level * STRIP.dot, 3.6)),
  );
  return { height, marks };
}

/** A dashed rule from the top down to `bottom`, and above it what it stands for. */
export function labelledRule(rule: {
  readonly at: number;
  readonly bottom: number;
  readonly label: string;
}): string {
  const { at, bottom, label } = rule;
  const first = at < STRIP.width * 0.58;
  const caption = `text-anchor="${first ? 'start' : 'end'}" font-size="11" fill="${colour('ink')}"`;
  return (
    `<path d="M${px(at)},0v${px(bottom)}" stroke="${colour('ink')}" stroke-width="1.5" stroke-dasharray="4,3"/>` +
    text(at + (first ? -2 : 2), -6, label, caption)
  );
}

/** The axis of a strip; `show` names its ticks. */
export function stripAxis(axis: {
  readonly height: number;
  readonly scale: LinearScale;
  readonly title: string;
  readonly show: (value: number, scale: LinearScale) => string;
}): string {
  const { height, scale, title, show } = axis;
  const x = scaleLinear(scale.domain, [0, STRIP.width]);
  const ticks = scale.ticks.map((tick) => ({ at: x(tick), label: show(tick, scale) }));
  return bottomAxis({ width: STRIP.width, height, ticks, title });
}

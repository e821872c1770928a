import { contours } from 'd3-contour';
import { formatCount, formatPercent, formatPlural } from '../format.ts';
import { type Chart, frameChart } from './chart.ts';
import { colour } from './palette.ts';
import { escapeXml } from '@labproof/submission';

/**
 * What a network with two inputs and one output says over a square. `values[row * size + column]` is its output at
 * the centre of that cell, rows from the bottom up; −1…1, and the sign is the class.
 */
export interface OutputGrid {
  readonly domain: readonly [number, number];
  readonly size: number;
  readonly values: ArrayLike<number>;
}

/** An example: where it lies, its label (the sign is the class), and whether the network was trained on it. */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
  readonly label: number;
  readonly part: 'training' | 'test';
}

const SIDE = 264;
const MARGIN = { top: 10, right: 14, bottom: 42, left: 36 };
/** Outputs at which the tint grows stronger. */
const STEPS = [0, 0.25, 0.5, 0.75];
const TINT = 0.15;

interface Frame {
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

type Corner = readonly [x: string, y: string];

/** Without the corners in the middle of a straight line along an axis, as the edge of the square has them. */
function withoutFlatCorners(ring: readonly Corner[]): Corner[] {
  return ring.filter((corner, at) => {
    const before = ring[at - 1];
    const after = ring[at + 1];
    if (before === undefined || after === undefined) return true;
    return ![0, 1].some((axis) => before[axis] === corner[axis] && after[axis] === corner[axis]);
  });
}

/** Closed curves around everything at or above a threshold, as an SVG path in the plot's pixels. */
function contourPath(values: readonly number[], size: number, threshold: number): string {
  const scale = SIDE / size;
  const { coordinates } = contours().size([size, size]).contour(Array.from(values), threshold);
  return coordinates
    .flatMap((polygon) =>
      polygon.map((ring) => {
        const corners = ring.map(([x = 0, y = 0]): Corner => [
          round(x * scale),
          round(SIDE - y * scale),
        ]);
        return `M${withoutFlatCorners(corners).join('L')}Z`;
      }),
    )
    .join('');
}

function drawField(values: readonly number[], size: number): string {
  const layer = (sign: 1 | -1, name: 'reference' | 'yours'): string =>
    STEPS.map((step) =>
      contourPath(
        values.map((value) => value * sign),
        size,
        Math.max(step, 1e-6),
      ),
    )
      .filter((path) => path !== '')
      .map((path) => `<path d="${path}" fill="${colour(name)}" opacity="${TINT}"/>`)
      .join('');
  const boundary = contourPath(values, size, 1e-6);
  const line =
    boundary === ''
      ? ''
      : `<path d="${boundary}" fill="none" stroke="${colour('ink')}" stroke-width="1.6" stroke-linejoin="round"/>`;
  return layer(1, 'reference') + layer(-1, 'yours') + line;
}

/** Circles for one class, diamonds for the other; test examples are hollow and lie above. */
function drawPoints(points: readonly PlanePoint[], { toX, toY }: Frame): string {
  const draw = (part: PlanePoint['part'], positive: boolean): string => {
    const name = positive ? 'reference' : 'yours';
    const paint =
      part === 'training'
        ? `fill="${colour(name)}" stroke="${colour('surface')}" stroke-width="0.8"`
        : `fill="${colour('surface')}" stroke="${colour(name)}" stroke-width="1.4"`;
    const marks = points
      .filter((point) => point.part === part && point.label >= 0 === positive)
      .map(({ x, y }) =>
        positive
          ? `<circle cx="${round(toX(x))}" cy="${round(toY(y))}" r="3"/>`
          : `<path d="M${round(toX(x))},${round(toY(y) - 3.8)}l3.8,3.8l-3.8,3.8l-3.8,-3.8Z"/>`,
      );
    return marks.length === 0 ? '' : `<g ${paint}>${marks.join('')}</g>`;
  };
  return (['training', 'test'] as const)
    .flatMap((part) => [draw(part, true), draw(part, false)])
    .join('');
}

const tickLabel = (value: number): string => escapeXml(String(value).replace('-', '\u2212'));

function drawAxes([low, high]: readonly [number, number], { toX, toY }: Frame): string {
  const middle = (low + high) / 2;
  const ticks = [low, (low + middle) / 2, middle, (middle + high) / 2, high];
  const text = `font-size="11" fill="${colour('muted')}"`;
  const tick = `stroke="${colour('axis')}"`;
  const across = ticks.map(
    (value) =>
      `<path d="M${round(toX(value))},${SIDE}v4" ${tick}/><text x="${round(toX(value))}" y="${SIDE + 18}" text-anchor="middle" ${text}>${tickLabel(value)}</text>`,
  );
  const up = ticks.map(
    (value) =>
      `<path d="M0,${round(toY(value))}h-4" ${tick}/><text x="-8" y="${round(toY(value) + 4)}" text-anchor="end" ${text}>${tickLabel(value)}</text>`,
  );
  const names = `<text x="${SIDE / 2}" y="${SIDE + 34}" text-anchor="middle" font-weight="600" ${text}>x₁</text><text x="-26" y="${SIDE / 2 - 12}" text-anchor="middle" font-weight="600" ${text}>x₂</text>`;
  return `${across.join('')}${up.join('')}${names}<rect width="${SIDE}" height="${SIDE}" fill="none" stroke="${colour('axis')}"/>`;
}

/** How many points of a part lie on the side of the boundary that their label names. */
function countRight(
  points: readonly PlanePoint[],
  { domain: [low, high], size, values }: OutputGrid,
): { right: number; count: number } {
  const cell = (value: number): number =>
    Math.min(size - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * size)));
  const right = points.filter(
    ({ x, y, label }) => (values[cell(y) * size + cell(x)] ?? 0) >= 0 === label >= 0,
  );
  return { right: right.length, count: points.length };
}

function describe(
  grid: OutputGrid,
  rows: readonly { part: string; right: number; count: number }[],
): string {
  const finite = Array.from(grid.values).filter((value) => Number.isFinite(value));
  if (finite.length === 0) return 'The network gives no number anywhere: its training diverged.';
  const positive = finite.filter((value) => value >= 0).length / finite.length;
  const sides =
    positive === 0 || positive === 1
      ? 'The network says the same everywhere: there is no boundary.'
      : `The boundary parts the square: ${formatPercent(positive, 0)} of it belong to the positive class.`;
  const told = rows
    .filter(({ count }) => count > 0)
    .map(
      ({ part, right, count }) =>
        `${formatCount(right)} of ${formatPlural(count, `${part} example`)}`,
    );
  return told.length === 0 ? sides : `${sides} On the right side lie ${told.join(' and ')}.`;
}

/**
 * A network's output over its two inputs as a map (blue above zero, orange below, stronger where it is surer), the
 * line where it changes its mind, and the examples on top. Outputs that are not numbers are left blank.
 * Throws a `RangeError` for a grid whose values do not fill its square.
 */
export function drawDecisionBoundary(input: {
  readonly id: string;
  readonly title: string;
  readonly grid: OutputGrid;
  readonly points: readonly PlanePoint[];
}): Chart {
  const { id, title, grid } = input;
  const { domain, size } = grid;
  if (size < 2 || grid.values.length !== size * size) {
    throw new RangeError(`a grid of ${size} × ${size} has ${grid.values.length} values`);
  }
  const [low, high] = domain;
  const frame: Frame = {
    toX: (value) => ((value - low) / (high - low)) * SIDE,
    toY: (value) => SIDE - ((value - low) / (high - low)) * SIDE,
  };
  const points = input.points.filter(({ x, y }) => x >= low && x <= high && y >= low && y <= high);
  const values = Array.from(grid.values, (value) =>
    Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0,
  );
  const rows = (['training', 'test'] as const).map((part) => ({
    part,
    ...countRight(
      points.filter((point) => point.part === part),
      grid,
    ),
  }));
  return frameChart({
    id,
    title,
    description: describe(grid, rows),
    table: {
      columns: ['Examples', 'How many', 'On the right side'],
      rows: rows.map(({ part, right, count }) => [
        part === 'training' ? 'Training' : 'Test',
        formatCount(count),
        count === 0 ? '–' : `${formatCount(right)} (${formatPercent(right / count, 1)})`,
      ]),
    },
    width: SIDE,
    height: SIDE,
    margin: MARGIN,
    marks: [
      `<clipPath id="${id}-clip"><rect width="${SIDE}" height="${SIDE}"/></clipPath>`,
      `<g clip-path="url(#${id}-clip)">${drawField(values, size)}${drawPoints(points, frame)}</g>`,
      drawAxes(domain, frame),
    ],
  });
}

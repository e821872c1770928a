import { colour } from './palette.ts';
import { group, px, text } from './svg.ts';
import { escapeXml } from '@labproof/submission';

/** Where a tick is along its axis, in pixels, and what it is called. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

const SIZE = 11;
/** The width of a letter in a label, an estimate: a page has no ruler for text. */
export const LETTER = 6;
/** Between two labels side by side. */
const GAP = 4;
const TICK = 4;
const PADDING = 6;

const LABEL = `font-size="${SIZE}"`;
const NAME = 'font-weight="600"';

/** A line one pixel wide is sharp on half a pixel. */
const sharp = (at: number): string => px(Math.round(at) + 0.5);

type Anchor = 'start' | 'middle' | 'end';

/** Labels at the ends of an axis stay within it. */
function anchorOf(at: number, width: number): Anchor {
  return at < 1 ? 'start' : at > width - 1 ? 'end' : 'middle';
}

/** Leaves out labels that would touch the next one; the last one always stands, for it says how far an axis goes. */
function legibleTicks(ticks: readonly Tick[], width: number): Tick[] {
  const shares = { start: 0, middle: 0.5, end: 1 };
  let free = Infinity;
  return ticks
    .toReversed()
    .filter(({ at, label }) => {
      const length = label.length * LETTER;
      const left = at - length * shares[anchorOf(at, width)];
      if (left + length > free) return false;
      free = left - GAP;
      return true;
    })
    .toReversed();
}

/** The axis below a plot of `width` × `height`; without its line it has no ticks either. */
export function bottomAxis(axis: {
  readonly width: number;
  readonly height: number;
  readonly ticks: readonly Tick[];
  readonly title: string;
  readonly line?: boolean;
}): string {
  const { width, height, ticks, title, line = true } = axis;
  const base = sharp(height);
  const path = `M0.5,${base}h${width}${ticks.map(({ at }) => `M${sharp(at)},${base}v${TICK}`).join('')}`;
  const below = height + PADDING + SIZE * 0.8 + (line ? TICK : 0);
  const labels = legibleTicks(ticks, width).map(({ at, label }) => {
    const anchor = anchorOf(at, width);
    return text(at, below, label, anchor === 'middle' ? '' : `text-anchor="${anchor}"`);
  });
  return (
    (line ? `<path d="${path}" stroke="${colour('axis')}"/>` : '') +
    group(`${LABEL} fill="${colour('muted')}" text-anchor="middle"`, [
      ...labels,
      text(width / 2, below + SIZE + GAP, title, NAME),
    ])
  );
}

/** The labels left of a plot, without a line; `title` reads upwards. */
export function leftAxis(axis: {
  readonly height: number;
  readonly ticks: readonly Tick[];
  readonly title?: string;
  readonly ink?: 'ink' | 'muted';
}): string {
  const { height, ticks, title, ink = 'muted' } = axis;
  const labels = group(
    `${LABEL} fill="${colour(ink)}" text-anchor="end"`,
    ticks.map(({ at, label }) => text(-PADDING, at + SIZE / 3, label)),
  );
  if (title === undefined) return labels;
  const longest = ticks.reduce((most, { label }) => Math.max(most, label.length), 0);
  const left = PADDING + longest * LETTER + GAP + PADDING;
  return `${labels}<text transform="translate(-${left},${px(height / 2)}) rotate(-90)" text-anchor="middle" ${LABEL} ${NAME} fill="${colour('muted')}">${escapeXml(title)}</text>`;
}

/** Level lines across a plot. */
function gridRows(ticks: readonly Tick[], width: number): string {
  const path = ticks.map(({ at }) => `M0.5,${sharp(at)}h${width}`).join('');
  return `<path d="${path}" stroke="${colour('grid')}"/>`;
}

/** Upright lines through a plot. */
export function gridColumns(ticks: readonly Tick[], height: number): string {
  const path = ticks.map(({ at }) => `M${sharp(at)},0.5v${height}`).join('');
  return `<path d="${path}" stroke="${colour('grid')}"/>`;
}

/** The axes of a plot over two scales, with level lines; everything else is drawn over them. */
export function plotAxes(axes: {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly Tick[];
  readonly columnsTitle: string;
  readonly rows: readonly Tick[];
  readonly rowsTitle?: string;
}): string {
  const { width, height, columns, columnsTitle, rows, rowsTitle } = axes;
  return (
    gridRows(rows, width) +
    bottomAxis({ width, height, ticks: columns, title: columnsTitle }) +
    leftAxis({ height, ticks: rows, ...(rowsTitle === undefined ? {} : { title: rowsTitle }) })
  );
}

import type { UnsaidText } from '../../../blocks/block.ts';
import type { PdfLine } from './lines.ts';
import type { Splitter } from './split.ts';

/** What pdf.js tells of a page's text. Coordinates are points from the lower left corner. */
interface PageText {
  readonly items: readonly unknown[];
  readonly styles: Readonly<Record<string, { readonly fontFamily: string }>>;
}

interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly mono: boolean;
  readonly direction: readonly [number, number];
  /** Nobody sees it. */
  readonly unseen: boolean;
}

/** Pieces on one line differ at most by this share of their size in height. */
const SAME_LINE = 0.5;
/** A gap wider than this, in sizes, separates columns. */
const COLUMN_GAP = 1.2;
const WORD_GAP = 0.15;

/**
 * Puts the pieces of text on a page together to lines, from top to bottom in the order in which they were drawn. `split` tells
 * what of a piece is seen.
 */
export function pdfPageLines(
  { items, styles }: PageText,
  page: number,
  split: Splitter,
): PdfLine[] {
  const lines: Piece[][] = [];
  for (const item of items) {
    const whole = pieceOf(item, styles);
    if (whole === null) continue;
    const pieces = apart(whole, split);
    const [piece = whole] = pieces;
    const line = lines.at(-1);
    const last = line?.at(-1);
    const sameLine =
      last !== undefined &&
      Math.abs(last.y - piece.y) <= SAME_LINE * Math.max(last.size, piece.size) &&
      piece.x >= last.x - last.size;
    if (line !== undefined && sameLine) line.push(...pieces);
    else lines.push([...pieces]);
  }
  return lines.flatMap((pieces) => lineOf(pieces, page));
}

function lineOf(pieces: readonly Piece[], page: number): PdfLine[] {
  const [first] = pieces;
  if (first === undefined) return [];
  // Piece by piece: a line of a hundred thousand pieces is joined once, at its end.
  const texts: string[] = [];
  let end = first.x;
  const unsaid: UnsaidText[] = [];
  for (const piece of pieces) {
    if (piece.unseen) {
      if (piece.text.trim() !== '') unsaid.push({ text: piece.text.trim(), why: 'hidden' });
      continue;
    }
    const gap = piece.x - end;
    const joint = isSpace(texts.at(-1)?.at(-1)) || isSpace(piece.text[0]);
    if (texts.length > 0 && gap > COLUMN_GAP * piece.size) {
      trimLast(texts);
      texts.push('\t');
    } else if (texts.length > 0 && gap > WORD_GAP * piece.size && !joint) texts.push(' ');
    texts.push(piece.text);
    end = piece.x + piece.width;
  }
  const mono = pieces
    .filter((piece) => piece.mono)
    .reduce((sum, piece) => sum + piece.text.length, 0);
  const all = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  const plain = texts.join('').trimEnd();
  if (plain.trim() === '' && unsaid.length === 0) return [];
  const line = {
    text: plain,
    x: first.x,
    y: first.y,
    size: first.size,
    mono: mono * 2 > all,
    page,
  };
  return [unsaid.length === 0 ? line : { ...line, unsaid: joined(unsaid) }];
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/u.test(character);
}

/** Takes the spaces off the end of what was said so far. */
function trimLast(texts: string[]): void {
  for (let last = texts.pop(); last !== undefined; last = texts.pop()) {
    const trimmed = last.trimEnd();
    if (trimmed === '') continue;
    texts.push(trimmed);
    return;
  }
}

/** What is hidden piece by piece is read as one. */
function joined(unsaid: readonly UnsaidText[]): readonly UnsaidText[] {
  return [{ text: unsaid.map(({ text }) => text).join(' '), why: 'hidden' }];
}

function apart(piece: Piece, split: Splitter): readonly Piece[] {
  const parts = split(piece);
  const [first] = parts;
  if (parts.length <= 1) return [{ ...piece, unseen: first?.seen === false }];
  let from = 0;
  return parts.map(({ text, seen }) => {
    const share = text.length / piece.text.length;
    const part = {
      ...piece,
      text,
      x: piece.x + piece.width * from,
      width: piece.width * share,
      unseen: !seen,
    };
    from += share;
    return part;
  });
}

function pieceOf(item: unknown, styles: PageText['styles']): Piece | null {
  if (typeof item !== 'object' || item === null || !('str' in item) || !('transform' in item))
    return null;
  const { str, transform } = item;
  const width: unknown = 'width' in item ? item.width : 0;
  const fontName: unknown = 'fontName' in item ? item.fontName : '';
  if (typeof str !== 'string' || str === '' || !Array.isArray(transform)) return null;
  const [a, b, , , x, y]: unknown[] = transform;
  if (![a, b, x, y].every((value) => typeof value === 'number' && Number.isFinite(value)))
    return null;
  const family =
    typeof fontName === 'string' && Object.hasOwn(styles, fontName) ? styles[fontName] : undefined;
  return {
    text: str.normalize('NFKC'),
    x: Number(x),
    y: Number(y),
    width: typeof width === 'number' && Number.isFinite(width) ? width : 0,
    size: Math.max(1, Math.abs(Number(a)), Math.abs(Number(b))),
    mono: family?.fontFamily === 'monospace',
    direction: directionOf(Number(a), Number(b)),
    unseen: false,
  };
}

function directionOf(a: number, b: number): readonly [number, number] {
  const length = Math.hypot(a, b);
  return length === 0 ? [1, 0] : [a / length, b / length];
}

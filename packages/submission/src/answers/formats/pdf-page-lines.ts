import type { PdfLine } from './pdf-lines.ts';

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
}

/** Pieces on one line differ at most by this share of their size in height. */
const SAME_LINE = 0.5;
/** A gap wider than this, in sizes, separates columns. */
const COLUMN_GAP = 1.2;
const WORD_GAP = 0.15;

/** Puts the pieces of text on a page together to lines, from top to bottom in the order in which they were drawn. */
export function pdfPageLines({ items, styles }: PageText, page: number): PdfLine[] {
  const lines: Piece[][] = [];
  for (const item of items) {
    const piece = pieceOf(item, styles);
    if (piece === null) continue;
    const line = lines.at(-1);
    const last = line?.at(-1);
    const sameLine =
      last !== undefined &&
      Math.abs(last.y - piece.y) <= SAME_LINE * Math.max(last.size, piece.size) &&
      piece.x >= last.x - last.size;
    if (line !== undefined && sameLine) line.push(piece);
    else lines.push([piece]);
  }
  return lines.flatMap((pieces) => lineOf(pieces, page));
}

function lineOf(pieces: readonly Piece[], page: number): PdfLine[] {
  const [first] = pieces;
  if (first === undefined) return [];
  let text = '';
  let end = first.x;
  for (const piece of pieces) {
    const gap = piece.x - end;
    const joint = /\s$/u.test(text) || /^\s/u.test(piece.text);
    if (text !== '' && gap > COLUMN_GAP * piece.size) text = `${text.trimEnd()}\t`;
    else if (text !== '' && gap > WORD_GAP * piece.size && !joint) text += ' ';
    text += piece.text;
    end = piece.x + piece.width;
  }
  const mono = pieces
    .filter((piece) => piece.mono)
    .reduce((sum, piece) => sum + piece.text.length, 0);
  const all = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  const plain = text.trimEnd();
  if (plain.trim() === '') return [];
  return [{ text: plain, x: first.x, y: first.y, size: first.size, mono: mono * 2 > all, page }];
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
  };
}

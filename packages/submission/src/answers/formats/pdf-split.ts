import type { DrawnLetter } from './pdf-drawing.ts';

/** A stretch of text on a page, as pdf.js joins it. */
interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** Where it runs to, of length 1. */
  readonly direction: readonly [number, number];
}

/** A part of a stretch that is seen, or not. */
interface SplitText {
  readonly text: string;
  readonly seen: boolean;
}

/** Tells what of a stretch of text is seen. */
export type Splitter = (placed: Placed) => readonly SplitText[];

/** Letters of a stretch stand on its line but for so much of its size. */
const NEAR = 0.3;
/** Places are kept by rows of so many points. */
const ROW = 8;

/**
 * Takes text apart into what is seen and what is not, by the letters that stand at its place. A stretch in which letters and
 * text cannot be brought together is seen only if all of its letters are.
 */
export function splitBySight(letters: readonly DrawnLetter[], seen: readonly boolean[]): Splitter {
  const rows = new Map<number, number[]>();
  for (const [index, { text, y }] of letters.entries()) {
    if (text.trim() === '') continue;
    const row = Math.floor(y / ROW);
    const known = rows.get(row);
    if (known === undefined) rows.set(row, [index]);
    else known.push(index);
  }
  return (placed) => {
    const found = lettersAt(placed, letters, rows);
    const shows = found.map(({ index }) => seen[index] === true);
    if (placed.text.trim() === '') return [{ text: placed.text, seen: true }];
    if (found.length > 0 && shows.every(Boolean)) return [{ text: placed.text, seen: true }];
    if (!shows.some(Boolean)) return [{ text: placed.text, seen: false }];
    return taken(
      placed.text,
      found.map(({ index }) => letters[index]?.text ?? ''),
      shows,
    );
  };
}

function lettersAt(
  { x, y, width, size, direction: [dx, dy] }: Placed,
  letters: readonly DrawnLetter[],
  rows: ReadonlyMap<number, readonly number[]>,
): { readonly index: number; readonly along: number }[] {
  const reach = NEAR * size;
  const end = y + dy * width;
  const first = Math.floor((Math.min(y, end) - reach) / ROW);
  const last = Math.floor((Math.max(y, end) + reach) / ROW);
  const found: { index: number; along: number }[] = [];
  for (let row = first; row <= last; row += 1) {
    for (const index of rows.get(row) ?? []) {
      const letter = letters[index];
      if (letter === undefined) continue;
      const along = (letter.x - x) * dx + (letter.y - y) * dy;
      const aside = Math.abs((letter.y - y) * dx - (letter.x - x) * dy);
      if (aside <= reach && along >= -reach && along < width + reach / 2)
        found.push({ index, along });
    }
  }
  return found.toSorted((a, b) => a.along - b.along || a.index - b.index);
}

/** The letters of a text one by one beside those that were drawn; `seen: false` for all where they are not the same. */
function taken(
  text: string,
  drawn: readonly string[],
  shows: readonly boolean[],
): readonly SplitText[] {
  const marks = drawn.flatMap((letter, index) =>
    [...letter.normalize('NFKC')]
      .filter((character) => character.trim() !== '')
      .map((character) => ({ character, seen: shows[index] === true })),
  );
  const parts: { text: string; seen: boolean }[] = [];
  let at = 0;
  for (const character of text) {
    const isSpace = character.trim() === '';
    const mark = isSpace ? undefined : marks[at];
    if (!isSpace) {
      if (mark?.character !== character) return [{ text, seen: false }];
      at += 1;
    }
    const seen = mark?.seen ?? parts.at(-1)?.seen ?? true;
    const open = parts.at(-1);
    if (open?.seen === seen) open.text += character;
    else parts.push({ text: character, seen });
  }
  return at === marks.length ? parts : [{ text, seen: false }];
}

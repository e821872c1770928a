import type { DrawnLetter } from './drawing.ts';

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
/** Places are kept by squares of so many points. */
const SQUARE = 8;
/** Looks at letters for the text of one page; pages of articles take some ten thousand. */
const MOST_LOOKS = 5_000_000;

/**
 * Takes text apart into what is seen and what is not, by the letters that stand at its place. A stretch in which letters and
 * text cannot be brought together is seen only if all of its letters are. Where finding them takes too long, as on a page
 * that writes over one place again and again, the rest of the page is taken for unseen.
 */
export function splitBySight(letters: readonly DrawnLetter[], seen: readonly boolean[]): Splitter {
  const places = new LetterPlaces(letters);
  return (placed) => {
    if (placed.text.trim() === '') return [{ text: placed.text, seen: true }];
    const found = places.along(placed);
    if (found === null) return [{ text: placed.text, seen: false }];
    const shows = found.map(({ index }) => seen[index] === true);
    if (found.length > 0 && shows.every(Boolean)) return [{ text: placed.text, seen: true }];
    if (!shows.some(Boolean)) return [{ text: placed.text, seen: false }];
    return taken(
      placed.text,
      found.map(({ index }) => letters[index]?.text ?? ''),
      shows,
    );
  };
}

interface FoundLetter {
  readonly index: number;
  /** Points from the beginning of the stretch. */
  readonly along: number;
}

/** The letters of a page by where they stand. */
class LetterPlaces {
  readonly #letters: readonly DrawnLetter[];
  /** Indexes of letters by row and column of squares. */
  readonly #rows = new Map<number, Map<number, number[]>>();
  #looks = 0;

  constructor(letters: readonly DrawnLetter[]) {
    this.#letters = letters;
    for (const [index, { text, x, y }] of letters.entries()) {
      if (text.trim() === '') continue;
      const row = Math.floor(y / SQUARE);
      const column = Math.floor(x / SQUARE);
      let columns = this.#rows.get(row);
      if (columns === undefined) this.#rows.set(row, (columns = new Map()));
      const known = columns.get(column);
      if (known === undefined) columns.set(column, [index]);
      else known.push(index);
    }
  }

  /** The letters of a stretch of text in its order; `null` where the page has taken too many looks. */
  along({ x, y, width, size, direction: [dx, dy] }: Placed): FoundLetter[] | null {
    const reach = NEAR * size;
    const found: FoundLetter[] = [];
    const columns = squares(x, x + dx * width, reach * 2);
    for (const row of within(this.#rows, squares(y, y + dy * width, reach * 2))) {
      for (const square of within(row, columns)) {
        this.#looks += square.length + 1;
        if (this.#looks > MOST_LOOKS) return null;
        for (const index of square) {
          const letter = this.#letters[index];
          if (letter === undefined) continue;
          const along = (letter.x - x) * dx + (letter.y - y) * dy;
          const aside = Math.abs((letter.y - y) * dx - (letter.x - x) * dy);
          if (aside <= reach && along >= -reach && along < width + reach / 2)
            found.push({ index, along });
        }
      }
    }
    return found.toSorted((a, b) => a.along - b.along || a.index - b.index);
  }
}

/** The first and the last square that a stretch reaches. */
function squares(from: number, to: number, reach: number): readonly [number, number] {
  const first = Math.floor((Math.min(from, to) - reach) / SQUARE);
  return [first, Math.floor((Math.max(from, to) + reach) / SQUARE)];
}

/** What is known of the squares from the first to the last, without asking for more of them than there are. */
function* within<Value>(
  known: ReadonlyMap<number, Value>,
  [first, last]: readonly [number, number],
): Generator<Value> {
  if (last - first > known.size) {
    for (const [at, value] of known) if (at >= first && at <= last) yield value;
    return;
  }
  for (let at = first; at <= last; at += 1) {
    const value = known.get(at);
    if (value !== undefined) yield value;
  }
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

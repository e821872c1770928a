/** Words of a page in the order of the file, and where they stand in its picture. */
export interface PageWords {
  readonly number: number;
  readonly items: readonly {
    readonly text: string;
    /** The last of its line. */
    readonly ends: boolean;
    /** Left, top, right and bottom in pixels. */
    readonly box: readonly number[];
  }[];
}

/** Words that are compared at a time. */
const RUN = 3;
/** A page is shown where it holds so much of what is looked for, of the most that any page holds. */
const SHARE_OF_BEST = 0.25;

/** The pages that hold most of a text, in their order, at most `most`; the first page where none holds any of it. */
export function pagesLike(pages: readonly PageWords[], text: string, most: number): PageWords[] {
  const asked = runsOf(wordsOf(text));
  const found = pages.map((page) => {
    const runs = runsOf(wordsOf(page.items.map((item) => item.text).join(' ')));
    return { page, held: [...asked].filter((run) => runs.has(run)).length };
  });
  const best = found.reduce((highest, { held }) => Math.max(highest, held), 0);
  if (best === 0) return pages.slice(0, 1);
  return found
    .filter(({ held }) => held > 0 && held >= best * SHARE_OF_BEST)
    .toSorted((a, b) => b.held - a.held || a.page.number - b.page.number)
    .slice(0, most)
    .map(({ page }) => page)
    .toSorted((a, b) => a.number - b.number);
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function runsOf(words: readonly string[]): ReadonlySet<string> {
  const length = Math.min(RUN, words.length);
  const starts = length === 0 ? 0 : words.length - length + 1;
  return new Set(Array.from({ length: starts }, (_, at) => words.slice(at, at + length).join(' ')));
}

/**
 * Where a page says what `hide` takes out: the pieces of a line that say it, or the whole line where it stands across
 * several.
 */
export function boxesToCover({ items }: PageWords, hide: (text: string) => string): number[][] {
  return linesOf(items).flatMap((line) => {
    const says = (text: string): boolean => hide(text) !== text;
    if (
      !says(line.map(({ text }) => text).join('')) &&
      !says(line.map(({ text }) => text).join(' '))
    )
      return [];
    const single = line.filter(({ text }) => says(text));
    const covered = single.length > 0 ? single : line;
    return covered.map(({ box }) => [...box]);
  });
}

type Item = PageWords['items'][number];

function linesOf(items: readonly Item[]): Item[][] {
  const lines: Item[][] = [[]];
  for (const item of items) {
    lines.at(-1)?.push(item);
    if (item.ends) lines.push([]);
  }
  return lines.filter((line) => line.length > 0);
}

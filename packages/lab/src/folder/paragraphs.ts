import MarkdownIt from 'markdown-it';

// Where paragraphs begin and end is a matter of blocks alone.
const markdown = new MarkdownIt('commonmark').enable('table').disable('inline');
/** A line is broken where the next word would go beyond this column. */
const WIDTH = 100;
/** Words that at the begin of a line would be the begin of something else. */
const BEGINS_A_BLOCK = /^(?:[-+*=]+$|#{1,6}$|[>|<]|```|~~~|\d+[.)]$)/u;

/** The lines of one paragraph, from `from` up to `to`, counted from 0. */
interface Paragraph {
  readonly from: number;
  readonly to: number;
}

/** The paragraphs of a text, those in lists among them; in a quotation every line begins with a mark and stays. */
function paragraphsOf(text: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let quotations = 0;
  for (const { type, map } of markdown.parse(text, {})) {
    if (type === 'blockquote_open') quotations += 1;
    if (type === 'blockquote_close') quotations -= 1;
    if (type === 'paragraph_open' && map !== null && quotations === 0) {
      paragraphs.push({ from: map[0], to: map[1] });
    }
  }
  return paragraphs;
}

/**
 * A Markdown text with every paragraph on one line: where an author breaks a line changes nothing. Lines that end with
 * two spaces or a backslash break for the reader too and stay, as do code, tables, headings and quotations.
 */
export function joinLines(text: string): string {
  return rewritten(text, (lines) => {
    const joined: string[] = [];
    for (const line of lines) {
      const before = joined.at(-1);
      if (before === undefined || / {2}$|\\$/u.test(before)) joined.push(line);
      else joined[joined.length - 1] = `${before.trimEnd()} ${line.trimStart()}`;
    }
    return joined;
  });
}

/** A Markdown text with long paragraphs broken into lines, such that `joinLines` gives it back. */
export function breakLines(text: string): string {
  const broken = rewritten(text, (lines) => lines.flatMap(brokenLine));
  return joinLines(broken) === text ? broken : text;
}

function rewritten(text: string, rewrite: (lines: readonly string[]) => readonly string[]): string {
  const lines = text.split('\n');
  const paragraphs = paragraphsOf(text);
  let next = 0;
  return [
    ...paragraphs.flatMap(({ from, to }) => {
      const before = lines.slice(next, from);
      next = to;
      return [...before, ...rewrite(lines.slice(from, to))];
    }),
    ...lines.slice(next),
  ].join('\n');
}

function brokenLine(line: string): string[] {
  const bullets = /^\s*(?:(?:[-*+]|\d+[.)])\s+)*/u.exec(line)?.[0] ?? '';
  const indent = ' '.repeat(bullets.length);
  const lines: string[] = [];
  let current = bullets;
  let empty = true;
  for (const word of line.slice(bullets.length).split(/(?<=\S) (?=\S)/u)) {
    const breaks = current.length + 1 + word.length > WIDTH && !BEGINS_A_BLOCK.test(word);
    if (empty) current += word;
    else if (breaks) {
      lines.push(current);
      current = indent + word;
    } else current += ` ${word}`;
    empty = false;
  }
  return [...lines, current];
}

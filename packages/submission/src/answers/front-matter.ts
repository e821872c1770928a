import { readLabel } from '../text/question-label.ts';

const BEGIN = /^\uFEFF?---[ \t]*$/u;
const END = /^(?:---|\.\.\.)[ \t]*$/u;
const KEY = /^(?<key>[A-Za-z_][\w-]*):(?:\s|$)/u;
/** What else may stand in YAML: comments, values of the key above, lists. */
const INNER = /^(?:\s*$|\s+\S|#|-\s)/u;

/** Keys of R Markdown, Quarto, Pandoc, Jupytext and static sites, one of which every head of a document has. */
const KNOWN = new Set(
  'title subtitle author authors date output format lang layout jupyter jupytext kernelspec abstract bibliography params editor tags categories theme engine toc documentclass geometry fontsize mainfont execute knit'.split(
    ' ',
  ),
);

/**
 * Blanks the YAML head of a Markdown document, so that line numbers stay. It stands between `---` lines at the very top
 * and is nothing but keys and values, one of them a head's: a rule that somebody drew above an answer is none.
 */
export function withoutFrontMatter(markdown: string): string {
  const text = markdown.replace(/^\uFEFF/u, '');
  if (!text.startsWith('---')) return text;
  const lines = text.split(/(\r\n?|\n)/u);
  const isBreak = (index: number): boolean => index % 2 === 1;
  if (!BEGIN.test(lines[0] ?? '')) return text;
  let known = false;
  for (const [index, line] of lines.entries()) {
    if (index === 0 || isBreak(index)) continue;
    if (END.test(line)) {
      if (!known) return text;
      return lines.map((part, at) => (at <= index && !isBreak(at) ? '' : part)).join('');
    }
    const key = KEY.exec(line)?.groups?.['key'];
    if (key === undefined ? !INNER.test(line) : readLabel(line, 'bold') !== null) return text;
    known ||= key !== undefined && KNOWN.has(key.toLowerCase());
  }
  return text;
}

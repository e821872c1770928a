import { terminalText } from '../histories/terminal-text.ts';
import type { AnswerBlock, ImageReference, TextLine } from './block.ts';

const EMPTY: AnswerBlock = {
  kind: 'paragraph',
  printed: false,
  level: 0,
  underlined: false,
  quoted: false,
  item: null,
  lines: [],
  rows: [],
  language: '',
  source: '',
};

export function textLine(text: string, images: readonly ImageReference[] = []): TextLine {
  return { text, bold: false, images };
}

export function paragraphBlock(
  lines: readonly TextLine[],
  options: Partial<Pick<AnswerBlock, 'quoted' | 'item' | 'depth'>> = {},
): AnswerBlock {
  return { ...EMPTY, ...options, lines, source: sourceOf(lines) };
}

export function headingBlock(level: number, lines: readonly TextLine[]): AnswerBlock {
  return {
    ...EMPTY,
    kind: 'heading',
    level,
    lines,
    source: `${'#'.repeat(level)} ${sourceOf(lines)}`,
  };
}

export function tableBlock(rows: readonly (readonly string[])[], printed: boolean): AnswerBlock {
  const source = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  return { ...EMPTY, kind: 'table', printed, rows, source };
}

export function codeBlock(language: string, text: string): AnswerBlock {
  const lines = text.split('\n').map((line) => textLine(line));
  return { ...EMPTY, kind: 'code', language, lines, source: fenced(language, text) };
}

/** So much of an output is shown to people; all of it is read. */
const SHOWN_LINES = 60;
const SHOWN_CHARACTERS = 6000;

/** What a program printed, as a terminal would show it, and the pictures that it drew. */
export function outputBlock(text: string, images: readonly ImageReference[] = []): AnswerBlock {
  const plain = terminalText(text).trimEnd();
  const all = plain.split('\n');
  const head = all.slice(0, SHOWN_LINES).join('\n').slice(0, SHOWN_CHARACTERS);
  const printed = plain === '' ? '' : fenced('', head === plain ? plain : `${head}\n…`);
  return {
    ...EMPTY,
    kind: 'output',
    printed: true,
    lines: [
      ...(plain === '' ? [] : all.map((line) => textLine(line))),
      ...(images.length === 0 ? [] : [textLine('', images)]),
    ],
    source: [printed, ...images.map(pictureSource)].filter((part) => part !== '').join('\n'),
  };
}

/** A picture as Markdown shows it; the content of an embedded one is left out. */
function pictureSource({ alt, target }: ImageReference): string {
  return `![${alt}](${/^data:/iu.test(target) ? 'embedded picture' : target})`;
}

/** Lines as Markdown that shows them; what a page hides is left out. */
export function sourceOf(lines: readonly TextLine[]): string {
  return lines
    .map(({ text, unsaid = [], images }) =>
      [
        text,
        ...unsaid.filter(({ why }) => why === 'struck').map((part) => `~~${part.text.trim()}~~`),
        ...images.map(pictureSource),
      ]
        .join(' ')
        .trim(),
    )
    .join('\n')
    .trim();
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A block without a language whose lines all carry the mark that knitr and reprex put before output. */
export function isMarkedOutput(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => /^\s*(?:##|#>)/u.test(line));
}

import MarkdownIt from 'markdown-it';
import type { AnswerBlock, ImageReference, TextLine } from './block.ts';
import { isMarkedOutput, outputBlock } from './blocks.ts';
import { withoutEmbeddedPictures } from './embedded-pictures.ts';
import { MarkdownHtml, RAISED } from './html-fragment.ts';
import { LineBuilder } from './line-builder.ts';
import { type Appearance, within } from './styles/appearance.ts';
import { PageStyles, styleSheetsIn } from './styles/page-styles.ts';

type Token = ReturnType<MarkdownIt['parse']>[number];

function createParser(): MarkdownIt {
  const created = new MarkdownIt({
    html: true,
    linkify: false,
    typographer: false,
  });
  // Nothing is rendered from these tokens: targets are kept as written, so that a broken one can be named.
  created.validateLink = () => true;
  created.normalizeLink = (url) => url;
  return created;
}

const parser = createParser();
/** In notes that were not meant as Markdown, indented lines are no code and dashes under a line make no heading. */
const plainParser = createParser().disable(['code', 'lheading']);

/**
 * Splits Markdown into blocks. The structure comes from the parser alone, so `#` lines in code are code. `styles` are those
 * of the document that the text is a part of, else its own.
 */
export function markdownBlocks(
  markdown: string,
  style: 'markdown' | 'plain' = 'markdown',
  styles?: PageStyles,
): AnswerBlock[] {
  const { text: short, restore } = withoutEmbeddedPictures(markdown);
  const own = styles ?? new PageStyles(styleSheetsIn(short));
  return blocksOf(short, style === 'plain' ? plainParser : parser, own).map((block) => ({
    ...block,
    lines: block.lines.map((line) => ({
      ...line,
      images: line.images.map(({ alt, target }) => ({
        alt,
        target: restore(target),
      })),
    })),
  }));
}

function blocksOf(markdown: string, markdownParser: MarkdownIt, styles: PageStyles): AnswerBlock[] {
  const text = markdown.replace(/^\uFEFF/u, '');
  const source = text.split(/\r\n?|\n/u);
  const tokens = markdownParser.parse(text, {});
  const blocks: AnswerBlock[] = [];
  const lists: (number | null)[] = [];
  let quotes = 0;
  let item: number | null = null;
  let heading: Token | null = null;
  let map: [number, number] | null = null;
  let rows: string[][] | null = null;
  let unsaidCells: TextLine[] = [];
  const html = new MarkdownHtml(styles);

  const push = (
    block: Partial<AnswerBlock> & Pick<AnswerBlock, 'kind'>,
    range: [number, number] | null,
    appearance: Appearance = html.appearance,
  ): void => {
    blocks.push({
      printed: false,
      level: 0,
      underlined: false,
      quoted: quotes > 0 || html.inQuotation,
      item,
      lines: [],
      rows: [],
      language: '',
      source: range === null ? '' : source.slice(range[0], range[1]).join('\n').trimEnd(),
      ...(lists.length > 0 ? { depth: lists.length } : {}),
      ...seenAs(appearance, block),
    });
    item = null;
  };

  for (const token of tokens) {
    switch (token.type) {
      case 'blockquote_open':
        quotes += 1;
        break;
      case 'blockquote_close':
        quotes -= 1;
        break;
      case 'ordered_list_open':
      case 'bullet_list_open':
        lists.push(token.type === 'ordered_list_open' ? 1 : null);
        break;
      case 'ordered_list_close':
      case 'bullet_list_close':
        lists.pop();
        break;
      case 'list_item_open':
        item = lists.length === 1 && lists[0] !== null ? Number(token.info) : null;
        break;
      case 'heading_open':
        heading = token;
        break;
      case 'heading_close':
        heading = null;
        break;
      case 'paragraph_open':
        html.paragraph();
        map = token.map;
        break;
      case 'table_open':
        rows = [];
        map = token.map;
        break;
      case 'tr_open':
        rows?.push([]);
        break;
      case 'table_close':
        push({ kind: 'table', rows: rows ?? [], lines: unsaidCells }, map);
        rows = null;
        unsaidCells = [];
        break;
      case 'inline':
        if (rows !== null) {
          const cell = linesOf(token, html);
          rows.at(-1)?.push(cell.map((line) => line.text).join(' '));
          unsaidCells.push(
            ...cell.flatMap(({ unsaid }) =>
              unsaid === undefined ? [] : [{ ...plain(''), unsaid }],
            ),
          );
        } else if (heading !== null) {
          const underlined = heading.markup === '-' || heading.markup === '=';
          const lines = linesOf(token, html);
          // A rule directly under a paragraph makes no title of all its lines.
          const isTitle = !underlined || lines.length === 1;
          push(
            isTitle
              ? { kind: 'heading', level: Number(heading.tag.slice(1)), underlined, lines }
              : { kind: 'paragraph', lines },
            heading.map,
          );
        } else push({ kind: 'paragraph', lines: linesOf(token, html) }, map);
        break;
      case 'fence':
      case 'code_block': {
        const language = languageOf(token.info);
        // Exports keep the colours of terminals, with which nobody writes a program.
        const isColoured = token.content.includes('\u001B[');
        if (isColoured || (language === '' && isMarkedOutput(token.content))) {
          push({ ...outputBlock(token.content), quoted: quotes > 0, item }, null);
          break;
        }
        const lines = token.content.split('\n').map((line) => plain(line));
        push({ kind: 'code', language, lines }, token.map);
        break;
      }
      case 'html_block': {
        // Its lines say themselves how they look.
        const parts = inOrOutOfQuotations(html.read(token.content), html);
        for (const [index, { lines, quoted }] of parts.entries()) {
          const range = index === 0 ? token.map : null;
          push({ kind: 'html', lines, quoted: quotes > 0 || quoted }, range, 'shown');
        }
        for (const table of html.takeTables()) {
          const range = parts.length === 0 ? token.map : null;
          push(
            { kind: 'table', rows: table, quoted: quotes > 0 || html.inQuotation },
            range,
            'shown',
          );
        }
        break;
      }
      case 'hr':
        push({ kind: 'rule' }, token.map);
        break;
      default:
    }
  }
  return blocks;
}

/** Lines one after the other that are all quoted, or all not. */
function inOrOutOfQuotations(
  lines: readonly TextLine[],
  html: MarkdownHtml,
): { lines: TextLine[]; quoted: boolean }[] {
  const parts: { lines: TextLine[]; quoted: boolean }[] = [];
  for (const line of lines) {
    const quoted = html.quotes(line);
    const last = parts.at(-1);
    if (last?.quoted === quoted) last.lines.push(line);
    else parts.push({ lines: [line], quoted });
  }
  return parts;
}

/** An element that holds somebody else's words. */
const QUOTATION = /^<(?<end>\/?)(?:q|cite|blockquote)\b/iu;

function plain(text: string): TextLine {
  return { text, bold: false, images: [] };
}

/** `r` for R Markdown's `{r plot, echo=FALSE}` as for plain `r`. */
function languageOf(info: string): string {
  return /^\s*\{?\.?(?<language>[\w+#-]*)/u.exec(info)?.groups?.['language']?.toLowerCase() ?? '';
}

/** A block in a part of the page that is crossed out or hidden says nothing. */
function seenAs<Block extends Partial<AnswerBlock>>(appearance: Appearance, block: Block): Block {
  if (appearance === 'shown') return block;
  const lines = [
    ...(block.lines ?? []).map(({ text, unsaid = [], ...line }) => ({
      ...line,
      text: '',
      unsaid: [...unsaid, ...(text === '' ? [] : [{ text, why: appearance }])],
    })),
    ...(block.rows ?? []).map((row) => ({
      ...plain(''),
      unsaid: [{ text: row.join(' '), why: appearance }],
    })),
  ];
  return {
    ...block,
    kind: block.kind === 'table' ? 'paragraph' : block.kind,
    lines,
    rows: [],
  };
}

/** Text of an inline token, a line for each line of the source; markup taken off, pictures collected. */
function linesOf(token: Token, html: MarkdownHtml): TextLine[] {
  const lines = new LineBuilder();
  let struck = 0;
  let inBold = false;
  let bold: string[] = [];
  const finish = (): void => {
    lines.end((text, images) => {
      const { rest, embedded } = takeEmbeds(text);
      return {
        text: rest,
        // `**Q1.** text` counts as well as `**Question 1: text**`.
        bold: bold.some((piece) => rest.startsWith(piece)),
        images: [...images, ...embedded],
      };
    });
    bold = [];
  };
  for (const child of token.children ?? []) {
    if (child.type === 'strong_open') inBold = true;
    else if (child.type === 'strong_close') inBold = false;
    else if (child.type === 's_open') struck += 1;
    else if (child.type === 's_close') struck -= 1;
    else if (inBold && bold.length === 0 && child.content.trim() !== '') {
      bold.push(child.content.trim());
    }
    if (child.type === 'softbreak' || child.type === 'hardbreak') finish();
    else if (child.type === 'image') {
      lines.picture({ target: child.attrGet('src') ?? '', alt: child.content });
    } else if (child.type !== 'html_inline') {
      lines.add(child.content, within(html.appearance, struck > 0 ? 'struck' : 'shown'));
    } else if (/^<br\b/iu.test(child.content)) finish();
    else {
      if (/^<sup\b/iu.test(child.content)) lines.add(RAISED, html.appearance);
      const quotation = QUOTATION.exec(child.content)?.groups;
      if (quotation !== undefined) lines.add(quotation['end'] === '' ? '“' : '”', html.appearance);
      for (const line of html.read(child.content)) {
        for (const image of line.images) lines.picture(image);
      }
    }
  }
  finish();
  return lines.lines;
}

/** Obsidian's `![[Pasted image.png]]`, which Markdown itself takes for text. */
function takeEmbeds(text: string): {
  rest: string;
  embedded: ImageReference[];
} {
  const embedded: ImageReference[] = [];
  const rest = text.replaceAll(
    /!\[\[(?<target>[^[\]|]{1,300})(?:\|[^[\]]{0,300})?\]\]/gu,
    (_, target: string) => {
      embedded.push({ target, alt: '' });
      return '';
    },
  );
  return { rest: rest.trim(), embedded };
}

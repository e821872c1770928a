import type { AnswerBlock, TextLine, UnsaidText } from '../../../blocks/block.ts';
import {
  codeBlock,
  headingBlock,
  isMarkedOutput,
  outputBlock,
  paragraphBlock,
} from '../../../blocks/blocks.ts';
import { readLabel } from '../../../text/question-label.ts';

/** A line of a PDF; sizes and places in points, `y` from the foot of the page. */
export interface PdfLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Typewriter type: code or output. */
  readonly mono: boolean;
  readonly page: number;
  /** What stands on it and is not seen. */
  readonly unsaid?: readonly UnsaidText[];
}

/** Lines further apart than so many sizes begin a new paragraph. */
const PARAGRAPH_GAP = 1.75;
/** A heading is this much larger than what most of the text is set in. */
const HEADING_SIZE = 1.12;

/** Puts lines together to paragraphs, headings, code and output. */
export function pdfLineBlocks(lines: readonly PdfLine[]): AnswerBlock[] {
  const usual = usualSize(lines);
  const groups: PdfLine[][] = [];
  for (const line of lines.filter((line) => !isPageNumber(line))) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && belongs(line, last, usual)) group.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => blockOf(group, usual));
}

function belongs(line: PdfLine, last: PdfLine, usual: number): boolean {
  if (line.mono !== last.mono) return false;
  // A program or a log goes on over blank lines and from page to page.
  if (line.mono) return isOutput(line.text) === isOutput(last.text);
  if (isHeading(line, usual) !== isHeading(last, usual)) return false;
  if (readLabel(line.text.trim(), 'plain')?.strength === 'strong') return false;
  if (line.page !== last.page) return !/[.!?:]\s*$/u.test(last.text) && !isHeading(line, usual);
  const gap = last.y - line.y;
  return gap > 0 && gap <= PARAGRAPH_GAP * Math.max(line.size, last.size);
}

function blockOf(group: readonly PdfLine[], usual: number): AnswerBlock {
  const [first] = group;
  const text = group.map((line) => line.text);
  if (first?.mono === true) {
    const joined = text.join('\n');
    const block = isMarkedOutput(joined) ? outputBlock(joined) : codeBlock('', joined);
    const unsaid = group.flatMap((line) => line.unsaid ?? []);
    if (unsaid.length === 0) return block;
    return {
      ...block,
      lines: [...block.lines, { text: '', bold: false, images: [], unsaid }],
    };
  }
  const lines = group.map(({ text: line, unsaid }): TextLine => {
    const shown = { text: line.trim(), bold: false, images: [] };
    return unsaid === undefined ? shown : { ...shown, unsaid };
  });
  if (first !== undefined && isHeading(first, usual)) {
    return headingBlock(first.size > usual * 1.45 ? 1 : 3, lines);
  }
  return paragraphBlock(lines);
}

function isOutput(text: string): boolean {
  return /^\s*(?:##|#>)/u.test(text);
}

function isHeading(line: PdfLine, usual: number): boolean {
  return !line.mono && line.size > usual * HEADING_SIZE;
}

function isPageNumber({ text, y }: PdfLine): boolean {
  return /^\s*(?:page\s+)?\d{1,3}(?:\s*(?:\/|of)\s*\d{1,3})?\s*$/iu.test(text) && y < FOOT;
}

/** Page numbers stand in the lowest inch. */
const FOOT = 72;

/** The size in which most characters of running text are set. */
function usualSize(lines: readonly PdfLine[]): number {
  const characters = new Map<number, number>();
  for (const { text, size, mono } of lines) {
    if (mono) continue;
    const rounded = Math.round(size * 2) / 2;
    characters.set(rounded, (characters.get(rounded) ?? 0) + text.length);
  }
  const [most] = [...characters].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
  return most?.[0] ?? 11;
}

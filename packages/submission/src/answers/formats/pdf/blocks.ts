import { reasonOf } from '@labproof/core';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import type { AnswerBlock } from '../../../blocks/block.ts';
import { type AnswersLimits, answersTooLarge, answersUnreadable } from '../limits.ts';
import { pageDrawing } from './drawing.ts';
import { type PdfLine, pdfLineBlocks } from './lines.ts';
import { defineTransfer } from './older-node.ts';
import { seenLetters } from './seen.ts';
import { type Splitter, splitBySight } from './split.ts';
import { pdfPageLines } from './page-lines.ts';
import { PdfWork } from './work.ts';

const EXPORT_AGAIN = 'Hand in the source (.Rmd, .ipynb, .docx, .md) or export it as HTML.';
/** A page with fewer letters than this on average was scanned or photographed. */
const LEAST_LETTERS = 20;

type PdfPage = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>;
type TextChunk = Awaited<ReturnType<PdfPage['getTextContent']>>;

/** The text of a page, piece by piece until there are more than `most` characters; then it is stopped. */
async function pageText(
  page: PdfPage,
  most: number,
): Promise<Pick<TextChunk, 'items' | 'styles'> & { readonly characters: number }> {
  const items: TextChunk['items'] = [];
  const styles: TextChunk['styles'] = {};
  let characters = 0;
  const reader = page.streamTextContent().getReader();
  for (;;) {
    const { done, value }: { done: boolean; value?: TextChunk } = await reader.read();
    if (done || value === undefined) return { items, styles, characters };
    Object.assign(styles, value.styles);
    for (const item of value.items) {
      items.push(item);
      // An item without a letter is one all the same.
      characters += 'str' in item ? Math.max(1, item.str.length) : 1;
    }
    if (characters > most) {
      await reader.cancel(new Error('more text than answers have'));
      return { items: [], styles, characters };
    }
  }
}

/** Nothing of a page is seen that draws more than is followed. */
const UNSEEN: Splitter = ({ text }) => [{ text, seen: false }];

/** Tells what of a page's text is seen. */
async function sightOf(page: PdfPage): Promise<Splitter> {
  const { OPS } = await getResolvedPDFJS();
  const orders = await page.getOperatorList({ annotationMode: 0 });
  const drawing = pageDrawing(orders, OPS, (font) => {
    const known: unknown =
      font !== '' && page.commonObjs.has(font) ? page.commonObjs.get(font) : null;
    if (typeof known !== 'object' || known === null || !('fontMatrix' in known)) return 0.001;
    const { fontMatrix } = known;
    return Array.isArray(fontMatrix) ? Number(fontMatrix[0]) : 0.001;
  });
  if (drawing === null) return UNSEEN;
  const [left = 0, lower = 0, right = 0, upper = 0] = page.view;
  const seen = seenLetters(drawing, [left, lower, right, upper]);
  return seen === null ? UNSEEN : splitBySight(drawing.letters, seen);
}

/**
 * Splits the text of a PDF into blocks: lines, set apart by the space between them and by typeface. Pictures of a PDF
 * are not read. Throws the student's `answers-unreadable` (also where there is no text) or `answers-too-large`.
 */
export async function pdfBlocks(
  bytes: Uint8Array,
  path: string,
  limits: AnswersLimits,
): Promise<AnswerBlock[]> {
  defineTransfer();
  const work = new PdfWork(bytes, path);
  const lines: PdfLine[] = [];
  let pages = 0;
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      isEvalSupported: false,
      // Outlines of letters are for those who draw them, and so are pictures.
      disableFontFace: false,
      maxImageSize: 0,
      useSystemFonts: false,
      stopAtErrors: false,
      enableXfa: false,
    });
    pages = pdf.numPages;
    try {
      if (pages > limits.pages) throw answersTooLarge(path, `${pages} pages`);
      work.assertPages(pages);
      let characters = 0;
      for (let number = 1; number <= pages; number += 1) {
        const page = await pdf.getPage(number);
        const text = await pageText(page, limits.characters - characters);
        characters += text.characters;
        if (characters > limits.characters) {
          throw answersTooLarge(path, `more than ${limits.characters} characters`);
        }
        const split = work.isDense ? UNSEEN : await sightOf(page);
        for (const line of pdfPageLines(text, number, split)) lines.push(line);
        page.cleanup();
      }
    } finally {
      await pdf.destroy();
    }
  } catch (error) {
    if (error instanceof Error && 'owner' in error) throw error;
    throw answersUnreadable(path, reasonOf(error).slice(0, 200), EXPORT_AGAIN);
  }
  const letters = lines.reduce(
    (sum, { text, unsaid = [] }) =>
      [text, ...unsaid.map((part) => part.text)].reduce(
        (own, part) => own + (part.match(/\p{L}/gu)?.length ?? 0),
        sum,
      ),
    0,
  );
  if (letters < LEAST_LETTERS * pages) {
    throw answersUnreadable(path, 'its pages hold pictures of text, not text', EXPORT_AGAIN);
  }
  return pdfLineBlocks(lines);
}

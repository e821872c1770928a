import { reasonOf } from '@labproof/core';
import { getDocumentProxy } from 'unpdf';
import type { AnswerBlock } from '../../blocks/block.ts';
import { type AnswersLimits, answersTooLarge, answersUnreadable } from './limits.ts';
import { type PdfLine, pdfLineBlocks } from './pdf-lines.ts';
import { pdfPageLines } from './pdf-page-lines.ts';

const EXPORT_AGAIN = 'Hand in the source (.Rmd, .ipynb, .docx, .md) or export it as HTML.';
/** A page with fewer letters than this on average was scanned or photographed. */
const LEAST_LETTERS = 20;

/**
 * Splits the text of a PDF into blocks: lines, set apart by the space between them and by typeface. Pictures of a PDF
 * are not read. Throws the student's `answers-unreadable` (also where there is no text) or `answers-too-large`.
 */
export async function pdfBlocks(
  bytes: Uint8Array,
  path: string,
  limits: AnswersLimits,
): Promise<AnswerBlock[]> {
  const lines: PdfLine[] = [];
  let pages = 0;
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      stopAtErrors: false,
      enableXfa: false,
    });
    pages = pdf.numPages;
    try {
      if (pages > limits.pages) throw answersTooLarge(path, `${pages} pages`);
      let characters = 0;
      for (let number = 1; number <= pages; number += 1) {
        const page = await pdf.getPage(number);
        const found = pdfPageLines(await page.getTextContent(), number);
        characters += found.reduce((sum, { text }) => sum + text.length, 0);
        if (characters > limits.characters) {
          throw answersTooLarge(path, `more than ${limits.characters} characters`);
        }
        lines.push(...found);
        page.cleanup();
      }
    } finally {
      await pdf.destroy();
    }
  } catch (error) {
    if (error instanceof Error && 'owner' in error) throw error;
    throw answersUnreadable(path, reasonOf(error).slice(0, 200), EXPORT_AGAIN);
  }
  const letters = lines.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0);
  if (letters < LEAST_LETTERS * pages) {
    throw answersUnreadable(path, 'its pages hold pictures of text, not text', EXPORT_AGAIN);
  }
  return pdfLineBlocks(lines);
}

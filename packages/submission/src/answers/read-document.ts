import type { Lab } from '@labproof/lab';
import type { AnswerBlock } from '../blocks/block.ts';
import { decodeText } from '../text/decode-text.ts';
import { htmlBlocks } from './formats/html-blocks.ts';
import { type AnswersLimits, answersTooLarge, answersUnreadable } from './formats/limits.ts';
import { type SheetFile, linkedSheets } from './formats/linked-sheets.ts';
import { notebookBlocks } from './formats/notebook.ts';
import { scriptBlocks } from './formats/script-blocks.ts';
import { type AnswersFormat, answersFormat } from '../files/answers-format.ts';
import { withoutFrontMatter } from './front-matter.ts';
import { replaceEmbedded } from '../blocks/embedded-pictures.ts';
import { markdownBlocks } from '../blocks/markdown-blocks.ts';
import { submissionError } from '../errors.ts';

/** A document of answers, divided into blocks in reading order. */
export interface AnswersDocument {
  readonly format: AnswersFormat;
  readonly blocks: readonly AnswerBlock[];
}

/**
 * Reads a document of answers in any of the known formats. Nothing in it is run, and nothing it links to is opened.
 * Throws a student's error for what cannot be read: `answers-format`, `answers-unreadable`, `answers-too-large`,
 * `json-…`. `lab` tells apart labels in code that name questions from other comments.
 */
export async function readDocument(
  path: string,
  bytes: Uint8Array,
  lab: Lab,
  limits: AnswersLimits,
  sheets: readonly SheetFile[] = [],
): Promise<AnswersDocument> {
  if (bytes.length > limits.bytes) throw answersTooLarge(path, `${bytes.length} bytes`);
  const format = answersFormat(path, bytes);
  if (format === null) {
    throw submissionError('answers-format', {
      message: `${path} is in none of the formats in which answers are read.`,
      fix: 'Write the answers as .md, .ipynb, .Rmd, .html, .R, .py, .docx, .pdf or .txt; plots are handed in as .png beside them, models as .keras, .h5, .pt or .onnx, training histories as .csv.',
    });
  }
  const blocks = await blocksIn(format, path, bytes, { lab, limits, sheets });
  if (blocks.length > limits.blocks) throw answersTooLarge(path, `${blocks.length} paragraphs`);
  return { format, blocks };
}

async function blocksIn(
  format: AnswersFormat,
  path: string,
  bytes: Uint8Array,
  {
    lab,
    limits,
    sheets,
  }: {
    readonly lab: Lab;
    readonly limits: AnswersLimits;
    readonly sheets: readonly SheetFile[];
  },
): Promise<AnswerBlock[]> {
  switch (format) {
    case 'notebook':
      return notebookBlocks(bytes, path, lab, limits);
    // The two large libraries are loaded by those who need them.
    case 'docx':
      return (await import('./formats/docx/blocks.ts')).docxBlocks(bytes, path, limits);
    case 'pdf':
      return (await import('./formats/pdf/blocks.ts')).pdfBlocks(bytes, path, limits);
    case 'html':
      return htmlPage(decodeText(bytes), path, limits, sheets);
    case 'markdown':
      return markdownBlocks(withoutFrontMatter(textOf(bytes, path, limits)));
    case 'r-markdown':
      // What R would put there is not known, and its code is nobody's answer.
      return markdownBlocks(
        withoutFrontMatter(textOf(bytes, path, limits)).replaceAll(/`r [^`\n]*`/gu, '`…`'),
      );
    case 'text':
      return markdownBlocks(textOf(bytes, path, limits), 'plain');
    case 'r-script':
      return scriptBlocks(textOf(bytes, path, limits), 'r');
    case 'python-script':
      return scriptBlocks(textOf(bytes, path, limits), 'python');
  }
}

function htmlPage(
  html: string,
  path: string,
  limits: AnswersLimits,
  sheets: readonly SheetFile[],
): AnswerBlock[] {
  return htmlBlocks(html, path, limits, linkedSheets(path, html, sheets));
}

function textOf(bytes: Uint8Array, path: string, limits: AnswersLimits): string {
  const text = decodeText(bytes);
  if (text.includes('\0')) {
    throw answersUnreadable(
      path,
      'it is no text file',
      'Save it as plain text in UTF-8 and hand that in.',
    );
  }
  const length = replaceEmbedded(text, () => '').length;
  if (length > limits.characters) throw answersTooLarge(path, `${length} characters`);
  return text;
}

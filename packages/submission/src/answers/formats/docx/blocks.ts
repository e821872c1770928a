import { reasonOf } from '@labproof/core';
import mammoth from 'mammoth';
import type { AnswerBlock } from '../../../blocks/block.ts';
import { docxParts } from './parts.ts';
import { htmlBlocks } from '../html-blocks.ts';
import { type AnswersLimits, answersUnreadable } from '../limits.ts';

/** Of text that a document does not show; see `unseenMarked`. */
const UNSEEN_CLASS = 'labproof-unseen';
/** Word's names for what looks like code. */
const STYLES = [
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Source Code'] => pre:separator('\\n')",
  "p[style-name='Code'] => pre:separator('\\n')",
  "p[style-name='Plain Text'] => pre:separator('\\n')",
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  `small-caps => span.${UNSEEN_CLASS}`,
];

/**
 * Splits a Word document into blocks, by way of the HTML that mammoth makes of it; linked files are never opened.
 * Throws the student's `answers-unreadable` or `answers-too-large`.
 */
export async function docxBlocks(
  bytes: Uint8Array,
  path: string,
  limits: AnswersLimits,
): Promise<AnswerBlock[]> {
  const parts = docxParts(bytes, path);
  return htmlBlocks(await toHtml(parts, path), path, limits, [
    `.${UNSEEN_CLASS} { display: none }`,
  ]);
}

async function toHtml(parts: Uint8Array, path: string): Promise<string> {
  const content = new Uint8Array(parts).buffer;
  // mammoth's build for Node and the one for browsers look for the same bytes under two names.
  const input = { arrayBuffer: content, buffer: content };
  try {
    const { value } = await mammoth.convertToHtml(input, {
      styleMap: STYLES,
      externalFileAccess: false,
    });
    return value;
  } catch (error) {
    throw answersUnreadable(
      path,
      reasonOf(error).slice(0, 200),
      'Open it in your word processor, save it as .docx again and hand that in.',
    );
  }
}

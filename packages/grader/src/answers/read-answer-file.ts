import type { Lab } from '@labproof/core';
import type { Answer } from './answer.ts';
import type { AnswersFormat } from './answers-format.ts';
import { documentAnswers } from './document-answers.ts';
import { readDocument } from './read-document.ts';

/** One file of answers, read. */
export interface AnswerFile {
  readonly format: AnswersFormat;
  readonly answers: readonly Answer[];
}

/**
 * Reads the answers in one file: a whole document, or one question's. A function of the file's path and bytes.
 * Throws a student's error for what cannot be read; see `readDocument`.
 */
export async function readAnswerFile(
  path: string,
  bytes: Uint8Array,
  lab: Lab,
): Promise<AnswerFile> {
  const { format, blocks } = await readDocument(path, bytes, lab);
  return { format, answers: documentAnswers(blocks, path, lab) };
}

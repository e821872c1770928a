import type { CheckKinds, Lab } from '@labproof/lab';
import type { Answer } from './answer.ts';
import type { AnswersFormat } from '../files/answers-format.ts';
import { documentAnswers } from './document-answers.ts';
import type { AnswersLimits } from './formats/limits.ts';
import type { SheetFile } from './formats/linked-sheets.ts';
import { readDocument } from './read-document.ts';

/** One file of answers, read. */
export interface AnswerFile {
  readonly format: AnswersFormat;
  readonly answers: readonly Answer[];
}

/**
 * Reads the answers in one file: a whole document, or one question's. A function of the file's path and bytes, and of
 * the style sheets that were handed in beside it.
 * Throws a student's error for what cannot be read; see `readDocument`.
 */
export async function readAnswerFile(
  path: string,
  bytes: Uint8Array,
  lab: Lab,
  kinds: CheckKinds,
  limits: AnswersLimits,
  sheets: readonly SheetFile[] = [],
): Promise<AnswerFile> {
  const { format, blocks } = await readDocument(path, bytes, lab, limits, sheets);
  const answers = documentAnswers(blocks, path, lab, kinds);
  return {
    format,
    answers:
      format === 'pdf' ? answers.map((answer) => withUnreadPlot(answer, lab, kinds)) : answers,
  };
}

/** The drawings of a PDF are not read, so an answer in one may well show the plot that its question asks for. */
function withUnreadPlot(answer: Answer, lab: Lab, kinds: CheckKinds): Answer {
  const asksForPlot = lab.questions.some(
    ({ id, checks }) =>
      id === answer.question && checks.some((check) => kinds.needs(check, 'pictures')),
  );
  if (!asksForPlot) return answer;
  return { ...answer, images: [{ target: answer.file, alt: '', inPdf: true }] };
}

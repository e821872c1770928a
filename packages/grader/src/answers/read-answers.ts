import type { Lab } from '@labproof/core';
import type { Refusal } from '../grade.ts';
import { readOrRefuse, studentError } from '../refusal.ts';
import type { AnswersFile } from '../submission/answers-files.ts';
import type { Answer } from './answer.ts';
import { decodeText } from './decode-text.ts';
import { readMarkdownAnswers } from './markdown-answers.ts';

/** All answers of a submission, and what could not be read. */
export interface AnswersReading {
  readonly answers: readonly Answer[];
  readonly refusals: readonly Refusal[];
}

const MOST_BYTES = 16 * 2 ** 20;

/** Reads every answers file. A file that cannot be read becomes a refusal beside the answers of the others. */
export function readAnswers(files: readonly AnswersFile[], lab: Lab): AnswersReading {
  const answers: Answer[] = [];
  const refusals: Refusal[] = [];
  for (const source of files) {
    const { value, refused } = readOrRefuse(() => readFile(source, lab));
    if (source.refused !== null) refusals.push(source.refused);
    else if (refused !== null) refusals.push(refused);
    else answers.push(...value);
  }
  return { answers, refusals };
}

function readFile({ path, file }: AnswersFile, lab: Lab): Answer[] {
  if (file === null) return [];
  if (file.bytes > MOST_BYTES) {
    throw studentError(
      'answers-too-large',
      `${path} has ${file.bytes} bytes, which is more than answers can have.`,
      'Keep pictures in files of their own and hand the text in as answers.md.',
    );
  }
  return readMarkdownAnswers(decodeText(file.read()), path, lab);
}

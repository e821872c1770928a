import type { Lab } from '@labproof/lab';
import { type Refusal, readOrRefuseLater } from '../refusal.ts';
import type { AnswersFile } from '../files/answers-files.ts';
import type { Answer } from './answer.ts';
import { type AnswersLimits, answersTooLarge } from './formats/limits.ts';
import { readAnswerFile } from './read-answer-file.ts';

/** All answers of a submission, and what could not be read. */
export interface AnswersReading {
  readonly answers: readonly Answer[];
  readonly refusals: readonly Refusal[];
}

/** Reads every answers file. A file that cannot be read becomes a refusal beside the answers of the others. */
export async function readAnswers(
  files: readonly AnswersFile[],
  lab: Lab,
  limits: AnswersLimits,
): Promise<AnswersReading> {
  const answers: Answer[] = [];
  const refusals: Refusal[] = [];
  for (const source of files) {
    const { value, refused } = await readOrRefuseLater(() => readFile(source, lab, limits));
    if (source.refused !== null) refusals.push(source.refused);
    else if (refused !== null) refusals.push(refused);
    else answers.push(...value);
  }
  return { answers, refusals };
}

async function readFile(
  { path, file, refused }: AnswersFile,
  lab: Lab,
  limits: AnswersLimits,
): Promise<readonly Answer[]> {
  if (file === null || refused !== null) return [];
  if (file.bytes > limits.bytes) throw answersTooLarge(path, `${file.bytes} bytes`);
  return (await readAnswerFile(path, file.read(), lab, limits)).answers;
}

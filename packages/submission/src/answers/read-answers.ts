import type { CheckKinds, Lab } from '@labproof/lab';
import { type Refusal, readOrRefuseLater } from '../refusal.ts';
import type { AnswersFile } from '../files/answers-files.ts';
import type { Answer } from './answer.ts';
import { type AnswersLimits, answersTooLarge } from './formats/limits.ts';
import { readAnswerFile } from './read-answer-file.ts';

/** All answers of a submission, and what could not be read. */
export interface AnswersReading {
  readonly answers: readonly Answer[];
  readonly refusals: readonly Refusal[];
  /** The same by the path of the file. */
  readonly refusedFiles: ReadonlyMap<string, Refusal>;
}

/**
 * Reads every answers file. A file that cannot be read becomes a refusal beside the answers of the others, and so does one
 * with which they are more together than answers can be.
 */
export async function readAnswers(
  files: readonly AnswersFile[],
  lab: Lab,
  kinds: CheckKinds,
  limits: AnswersLimits,
): Promise<AnswersReading> {
  const answers: Answer[] = [];
  const refusedFiles = new Map<string, Refusal>();
  let characters = 0;
  for (const source of files) {
    const { value, refused } = await readOrRefuseLater(async () => {
      const found = await readFile(source, lab, kinds, limits);
      const together = characters + charactersOf(found);
      if (together > limits.totalCharacters) {
        throw answersTooLarge(
          source.path,
          `too many characters for all answers together (${together} with those before it)`,
        );
      }
      characters = together;
      return found;
    });
    if (source.refused !== null) {
      refusedFiles.set(source.path, source.refused);
      // Which of the versions counts nobody knows yet, so what they say is shown and belongs to no question.
      answers.push(...(value ?? []).map((answer): Answer => ({ ...answer, question: null })));
    } else if (refused !== null) refusedFiles.set(source.path, refused);
    else answers.push(...value);
  }
  return { answers, refusals: [...refusedFiles.values()], refusedFiles };
}

/** As a grade will hold them: JSON writes six characters for one that no keyboard has. */
function charactersOf(answers: readonly Answer[]): number {
  return answers.reduce(
    (sum, { heading, text, outputs, code }) =>
      sum + JSON.stringify([heading, text, outputs, code.map((piece) => piece.text)]).length,
    0,
  );
}

async function readFile(
  { path, file, refused }: AnswersFile,
  lab: Lab,
  kinds: CheckKinds,
  limits: AnswersLimits,
): Promise<readonly Answer[]> {
  if (file === null || (refused !== null && refused.code !== 'versions-differ')) return [];
  if (file.bytes > limits.bytes) throw answersTooLarge(path, `${file.bytes} bytes`);
  return (await readAnswerFile(path, file.read(), lab, kinds, limits)).answers;
}

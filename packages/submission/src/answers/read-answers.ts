import type { CheckKinds, Lab } from '@labproof/lab';
import type { SubmissionFile } from '../files/submission-files.ts';
import { type Refusal, readOrRefuseLater } from '../refusal.ts';
import type { AnswersFile } from '../files/answers-files.ts';
import type { Answer } from './answer.ts';
import {
  type ReadDocument,
  type Settled,
  settleForms,
  settleVersions,
  withoutRepeats,
} from './copies/settle-copies.ts';
import { type AnswersLimits, answersTooLarge } from './formats/limits.ts';
import { readAnswerFile } from './read-answer-file.ts';

/** All answers of a submission, and what could not be read. */
export interface AnswersReading {
  readonly answers: readonly Answer[];
  readonly refusals: readonly Refusal[];
  /** The same by the path of the file. */
  readonly refusedFiles: ReadonlyMap<string, Refusal>;
  /** Questions to which copies of the answers say different things, and why nothing of them was taken. */
  readonly contested: ReadonlyMap<string, Refusal>;
}

/**
 * Reads every answers file. A file that cannot be read becomes a refusal beside the answers of the others, and so does one
 * with which they are more together than answers can be. `sheets` are style sheets that were handed in: a page that links to one looks as it says. Of copies and exports of one document each answer is taken once.
 */
export async function readAnswers(
  files: readonly AnswersFile[],
  lab: Lab,
  kinds: CheckKinds,
  limits: AnswersLimits,
  sheets: readonly SubmissionFile[] = [],
): Promise<AnswersReading> {
  const refusedFiles = new Map<string, Refusal>();
  const contested = new Map<string, Refusal>();
  const documents: ReadDocument[] = [];
  const versions = new Map<string, ReadDocument[]>();
  let characters = 0;
  const read = async (file: SubmissionFile): Promise<readonly Answer[]> => {
    if (file.bytes > limits.bytes) throw answersTooLarge(file.path, `${file.bytes} bytes`);
    const { answers } = await readAnswerFile(file.path, file.read(), lab, kinds, limits, sheets);
    const together = characters + charactersOf(answers);
    if (together > limits.totalCharacters) {
      throw answersTooLarge(
        file.path,
        `too many characters for all answers together (${together} with those before it)`,
      );
    }
    characters = together;
    return answers;
  };
  const settle = ({ answers, contested: questions, refusal }: Settled, path: string): void => {
    documents.push({ path, answers });
    if (refusal === null) return;
    refusedFiles.set(path, refusal);
    for (const question of questions) contested.set(question, refusal);
  };
  for (const { path, file, refused, versions: copies = [], forms = [] } of files) {
    const isCopy = copies.length > 0;
    if (refused !== null && !isCopy) refusedFiles.set(path, refused);
    if (file === null || (refused !== null && !isCopy)) continue;
    const { value, refused: unreadable } = await readOrRefuseLater(() => read(file));
    if (unreadable !== null) refusedFiles.set(path, unreadable);
    else if (isCopy) {
      const key = copies.map((copy) => copy.path).join('\n');
      versions.set(key, [...(versions.get(key) ?? []), { path, answers: value }]);
    } else {
      const others: ReadDocument[] = [];
      for (const form of forms) {
        // One that cannot be read is as good as not there: the fullest form could.
        const { value: answers } = await readOrRefuseLater(() => read(form));
        if (answers !== null) others.push({ path: form.path, answers });
      }
      settle(settleForms({ path, answers: value }, others), path);
    }
  }
  for (const copies of versions.values()) settle(settleVersions(copies), copies[0]?.path ?? '');
  return {
    answers: withoutRepeats(documents),
    refusals: [...refusedFiles.values()],
    refusedFiles,
    contested,
  };
}

/** As a grade will hold them: JSON writes six characters for one that no keyboard has. */
function charactersOf(answers: readonly Answer[]): number {
  return answers.reduce(
    (sum, { heading, text, outputs, code }) =>
      sum + JSON.stringify([heading, text, outputs, code.map((piece) => piece.text)]).length,
    0,
  );
}

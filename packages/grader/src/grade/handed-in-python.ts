import { exercisesOf, type Lab } from '@labproof/lab';
import {
  type Answer,
  type CodePiece,
  decodeText,
  exerciseNamed,
  type SubmissionFiles,
} from '@labproof/submission';

/** Longer files are data. */
const LONGEST = 400_000;

/**
 * All Python of a submission in the order of its answers, then of its files: where networks of PyTorch's are defined.
 * Code belongs to the exercise of the question that it answers, or that its file is called after.
 */
export function handedInPython(
  answers: readonly Answer[],
  { files }: SubmissionFiles,
  lab: Lab,
): CodePiece[] {
  const about = new Map(
    lab.questions.map((question) => {
      const [only = null, ...others] = exercisesOf(question);
      return [question.id, others.length === 0 ? only : null];
    }),
  );
  const cells = answers.flatMap(({ code, question }) =>
    code
      .filter(({ language }) => !/^r(?:script)?$/u.test(language))
      .map(({ text }) => ({
        text,
        exercise: question === null ? null : (about.get(question) ?? null),
      })),
  );
  const scripts = files
    .filter(({ path, bytes }) => /\.py$/iu.test(path) && bytes <= LONGEST)
    .map((file) => ({
      text: decodeText(file.read()),
      exercise: exerciseNamed(file.path.replace(/^.*\/|\.py$/giu, ''), lab),
    }));
  return [...cells, ...scripts];
}

import { type Answer, decodeText, type SubmissionFiles } from '@labproof/submission';

/** Longer files are data. */
const LONGEST = 400_000;

/** All Python of a submission in the order of its answers, then of its files: where networks of PyTorch's are defined. */
export function handedInPython(answers: readonly Answer[], { files }: SubmissionFiles): string[] {
  const cells = answers.flatMap(({ code }) =>
    code.filter(({ language }) => !/^r(?:script)?$/u.test(language)).map(({ text }) => text),
  );
  const scripts = files
    .filter(({ path, bytes }) => /\.py$/iu.test(path) && bytes <= LONGEST)
    .map((file) => decodeText(file.read()));
  return [...cells, ...scripts];
}

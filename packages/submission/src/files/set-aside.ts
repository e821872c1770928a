import { submissionError } from '../errors.ts';
import type { SubmissionFiles } from './submission-files.ts';

/** A file whose reading was stopped from outside, and why. */
export interface SetAside {
  readonly path: string;
  /** What reading it took, to follow "Reading it took". */
  readonly took: string;
}

/** The files of a submission; those that were set aside are there, and cannot be read. */
export function withoutSetAside(
  { files, ...others }: SubmissionFiles,
  setAside: readonly SetAside[],
): SubmissionFiles {
  const took = new Map(setAside.map((file) => [file.path, file.took]));
  return {
    ...others,
    files: files.map((file) => ({
      ...file,
      read() {
        const why = took.get(file.path);
        if (why === undefined) return file.read();
        throw submissionError('file-set-aside', {
          message: `${file.path} was set aside: reading it took ${why}.`,
          fix: 'Save it again without large data in it and hand that in; what is there needs manual grading.',
        });
      },
    })),
  };
}

import { submissionError } from '../errors.ts';

/** Throws the student's `model-git-lfs` for the text that Git LFS leaves in the place of a large file. */
export function assertNoPointer(bytes: Uint8Array, path: string): void {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 100));
  if (!beginning.startsWith('version https://git-lfs')) return;
  throw submissionError('model-git-lfs', {
    message: `${path} is a pointer of Git LFS and not the model that it stands for.`,
    fix: 'Run "git lfs pull" and hand in the file that it brings.',
  });
}

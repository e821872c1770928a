import { createHash } from 'node:crypto';
import type { SubmissionFiles } from './submission-files.ts';

/**
 * SHA-256 over a line `<sha256 of the bytes>  <path>` for each file in path order: the identity of what was
 * handed in. A file that cannot be read counts as the word `unreadable`.
 */
export function submissionDigest(files: SubmissionFiles): string {
  const whole = createHash('sha256');
  for (const file of files.files) {
    whole.update(`${fileDigest(file.read)}  ${file.path}\n`);
  }
  return whole.digest('hex');
}

function fileDigest(read: () => Uint8Array): string {
  let bytes: Uint8Array;
  try {
    bytes = read();
  } catch {
    return 'unreadable';
  }
  return createHash('sha256').update(bytes).digest('hex');
}

import { sha256Hex } from '@labproof/core';
import type { SubmissionFiles } from './submission-files.ts';

/**
 * SHA-256 over a line `<sha256 of the bytes>  <path>` for each file in path order: the identity of what was
 * handed in. A file that cannot be read counts as the word `unreadable`.
 */
export function submissionDigest(files: SubmissionFiles): string {
  const lines = files.files.map((file) => `${fileDigest(file.read)}  ${file.path}\n`);
  return sha256Hex(new TextEncoder().encode(lines.join('')));
}

function fileDigest(read: () => Uint8Array): string {
  let bytes: Uint8Array;
  try {
    bytes = read();
  } catch {
    return 'unreadable';
  }
  return sha256Hex(bytes);
}

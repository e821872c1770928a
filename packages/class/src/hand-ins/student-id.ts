/** Names that Windows reserves or that the output folder uses itself. */
const RESERVED =
  /^(?:con|prn|aux|nul|com\d|lpt\d|grades\.json|grades\.csv|findings\.json|reviews\.csv|grading-log\.jsonl|index\.html)$/iu;
const LONGEST = 100;

/**
 * A student's id from the name of a folder or .zip: letters, digits, `.`, `_`, `-` and `@` of Unicode NFC, everything
 * else as `-`. Safe as a folder name on every system. Empty when nothing of the name is left.
 */
export function studentId(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/\.zip$/iu, '')
    .replaceAll(/[^\p{L}\p{N}\p{M}._@-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/gu, '')
    .slice(0, LONGEST);
  return RESERVED.test(plain) ? `student-${plain}` : plain;
}

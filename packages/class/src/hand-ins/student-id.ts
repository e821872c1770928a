import { sha256Hex } from '@labproof/core';

/** Names that Windows reserves, that the output folder uses itself, or that its staged files have. */
const RESERVED =
  /^(?:con|prn|aux|nul|com\d|lpt\d|(?:grades|findings|reviews|notes|grading-log|index|class)\b.*\.(?:json|jsonl|csv|html|yaml)|.*\.part)$/iu;
/** Bytes of UTF-8: file systems end a name at 255, and results add to it. */
const LONGEST = 160;
const DIGEST_LENGTH = 8;

/**
 * A student's id from the name of a folder or .zip: letters, digits, `.`, `_`, `-` and `@` of Unicode NFC, everything
 * else as `-`. Safe as a folder name on every system. A name that is too long ends in a digest of the whole, and one of
 * which nothing is left is its digest. Empty for an empty name only.
 */
export function studentId(name: string): string {
  const whole = name.normalize('NFC').replace(/\.zip$/iu, '');
  if (whole.trim() === '') return '';
  const plain = trimmed(whole.replaceAll(/[^\p{L}\p{N}\p{M}._@-]+/gu, '-'));
  if (plain === '') return `student-${digestOf(name)}`;
  const short = withinBytes(plain, name);
  return RESERVED.test(short) ? `student-${short}` : short;
}

/** Control characters and those that turn the direction of writing: the rest of a name is shown as it was typed. */
const UNSHOWN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** The id and, where cleaning made another of it, the name as it was written. */
export function idsOfName(name: string): { readonly student: string; readonly id?: string } {
  const student = studentId(name);
  const written = name
    .normalize('NFC')
    .replace(/\.zip$/iu, '')
    .replaceAll(UNSHOWN, '')
    .trim();
  return student === written || written === '' ? { student } : { student, id: written };
}

/** The id of one of several hand-ins whose names are one after cleaning or folding: its own, told by its digest. */
export function ownId(student: string, name: string): string {
  return withinBytes(`${student}-${digestOf(name)}`, name);
}

function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && (text[start] === '-' || text[start] === '.')) start += 1;
  while (end > start && (text[end - 1] === '-' || text[end - 1] === '.')) end -= 1;
  return text.slice(start, end);
}

/** Cut between characters, never within one. */
function withinBytes(text: string, name: string): string {
  if (bytesOf(text) <= LONGEST) return text;
  const room = LONGEST - DIGEST_LENGTH - 1;
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > room) break;
    kept += character;
  }
  return `${kept}-${digestOf(name)}`;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function digestOf(name: string): string {
  return sha256Hex(name).slice(0, DIGEST_LENGTH);
}

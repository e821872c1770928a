import { readFileSync } from 'node:fs';
import { sha256Hex } from '../digest.ts';

/** The SHA-256 of a file. */
export function fileDigest(path: string): string {
  return sha256Hex(readFileSync(path));
}

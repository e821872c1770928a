import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../digest.ts';
import { fileDigest } from './file-digest.ts';

/** `src` or `dist`, whichever this file is in; the package is the folder around it. */
const CODE = dirname(dirname(fileURLToPath(import.meta.url)));

/** The digest of the code of this package that runs now, with the versions of what it imports. */
export function codeDigest(): string {
  return hashOf([fileDigest(join(dirname(CODE), 'package.json')), ...codeFiles()]);
}

/** Path and digest of every file with code, in an order that no machine changes. */
function codeFiles(): string[][] {
  return readdirSync(CODE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(js|ts)$/u.test(file) && !file.endsWith('.d.ts'))
    .map((file) => relative(CODE, join(CODE, file)).split(sep).join('/'))
    .toSorted()
    .map((file) => [file, fileDigest(join(CODE, file))]);
}

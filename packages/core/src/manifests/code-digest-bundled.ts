import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOfBundle } from './bundle-record.ts';

/**
 * Stands in the place of `code-digest.ts` in a bundle, where the bundle is what runs, whatever the package's own files
 * have become since.
 *
 * @public The command's `scripts/bundle/places.ts` takes it by its name.
 */
export function codeDigest(): string {
  return digestOfBundle(dirname(fileURLToPath(import.meta.url)));
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hashOf } from '../digest.ts';
import { fileDigest } from './file-digest.ts';

/** The file in the folder of a bundle that says what it is. */
export const BUNDLE_RECORD = 'bundle.json';

const BundleRecordSchema = z.strictObject({
  /** The `codeDigest` of the packages' own code that it was made of. */
  code: z.string(),
  /** The digest of each of its scripts. */
  files: z.record(z.string(), z.string()),
});

/** What is to be written beside the scripts of a bundle that was made of code of this digest. */
export function bundleRecord(folder: string, code: string): string {
  return `${JSON.stringify({ code, files: scriptsOf(folder) }, null, 1)}\n`;
}

/**
 * The digest of the code that runs from a bundle: that of the code that it was made of, as long as its scripts are
 * those that were made, and otherwise one of its own.
 */
export function digestOfBundle(folder: string): string {
  const record = BundleRecordSchema.parse(
    JSON.parse(readFileSync(join(folder, BUNDLE_RECORD), 'utf8')),
  );
  const files = scriptsOf(folder);
  return hashOf(files) === hashOf(record.files) ? record.code : hashOf([record.code, files]);
}

function scriptsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return Object.fromEntries(names.toSorted().map((name) => [name, fileDigest(join(folder, name))]));
}

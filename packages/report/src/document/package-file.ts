import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The one file of the HTML side that reads from disk: files out of npm packages. */
const require = createRequire(import.meta.url);

/** The bytes of a file of an npm package. */
export function packageFile(name: string, path: string): Uint8Array {
  return readFileSync(join(dirname(require.resolve(`${name}/package.json`)), path));
}

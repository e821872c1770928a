import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../..', import.meta.url));

/** The TypeScript sources of every package, by their path below `packages/`. */
export async function readSources(): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const name of (await readdir(packages)).toSorted()) {
    const folder = join(packages, name, 'src');
    const files = await readdir(folder, { recursive: true }).catch(() => []);
    for (const file of files.toSorted()) {
      if (!file.endsWith('.ts') || file.endsWith('.d.ts')) continue;
      const path = join(folder, file);
      // What makes errors of the catalogues' codes.
      if (path.includes(join('core', 'src', 'errors'))) continue;
      sources.set(relative(packages, path).split(sep).join('/'), await readFile(path, 'utf8'));
    }
  }
  return sources;
}

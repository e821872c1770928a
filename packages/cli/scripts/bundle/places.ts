import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'rolldown';

const PLACES = '\0places';

/**
 * Where modules would be if they were not bundled. Packages of ours are found as an import finds them, and once each;
 * the command's own package is the one around the bundle.
 */
const PLACES_CODE = `
const homes = new Map();
export function placeOf(name, path) {
  let home = homes.get(name);
  if (home === undefined) {
    home = name === 'labproof' ? new URL('../', import.meta.url) : new URL('./', import.meta.resolve(name));
    homes.set(name, home);
  }
  return new URL(path, home).href;
}
`;

/** How a module says which one it starts: `{ from: import.meta.url, path: './trial-worker' }`. */
const STARTED = /\{\s*from: import\.meta\.url,\s*path: '\.\/([\w-]+)'\s*\}/gu;
const KEPT = '\0';

/**
 * Modules of ours go on finding the files of their packages: `import.meta.url` is where each was built, and not where
 * the bundle is. What they start is in the bundle, beside them. Where a module has a twin `…-bundled.js`, the twin
 * takes its place, and its `import.meta.url` is the bundle's.
 */
export function places(packages: string, started: ReadonlySet<string>): Plugin {
  return {
    name: 'places',
    resolveId(source, importer) {
      if (source === PLACES) return PLACES;
      if (importer === undefined || !isOurs(importer) || !source.startsWith('.')) return null;
      const twin = join(importer, '..', source.replace(/\.js$/u, '-bundled.js'));
      return existsSync(twin) ? twin : null;
    },
    load: (id) => (id === PLACES ? PLACES_CODE : null),
    transform(code, id) {
      if (!isOurs(id) || id.endsWith('-bundled.js') || !code.includes('import.meta.url')) {
        return null;
      }
      const kept = code.replaceAll(STARTED, (whole, name: string) => {
        if (!started.has(name)) throw new Error(`${id} starts ${name}, which is not bundled`);
        return whole.replace('import.meta.url', KEPT);
      });
      const [folder = '', , ...path] = relative(packages, id).split(sep);
      const name = folder === 'cli' ? 'labproof' : `@labproof/${folder}`;
      const place = `placeOf(${JSON.stringify(name)}, ${JSON.stringify(path.join('/'))})`;
      const placed = kept.replaceAll('import.meta.url', place).replaceAll(KEPT, 'import.meta.url');
      if (!placed.includes(place)) return null;
      return { code: `import { placeOf } from ${JSON.stringify(PLACES)};\n${placed}`, map: null };
    },
  };

  function isOurs(id: string): boolean {
    return id.startsWith(join(packages, sep)) && !id.includes('node_modules');
  }
}

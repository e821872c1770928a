import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { toBase64 } from '@labproof/submission';

/**
 * The one file of the HTML side that reads from disk: fonts and KaTeX's style sheet out of npm packages.
 * Everything is read once.
 */
const require = createRequire(import.meta.url);
const cache = new Map<string, string>();

function fromPackage(name: string, path: string, encoding: 'utf8' | 'base64'): string {
  const key = `${name}/${path}`;
  let content = cache.get(key);
  if (content === undefined) {
    const file = join(dirname(require.resolve(`${name}/package.json`)), path);
    content = encoding === 'utf8' ? readFileSync(file, 'utf8') : toBase64(readFileSync(file));
    cache.set(key, content);
  }
  return content;
}

/** A font file of an npm package as base64. */
export function fontFile(name: string, path: string): string {
  return fromPackage(name, path, 'base64');
}

/** The Unicode ranges of a Fontsource family's subsets, as `U+0000-00FF,U+0131`. */
export function fontRanges(name: string): Readonly<Record<string, string>> {
  return JSON.parse(fromPackage(name, 'unicode.json', 'utf8')) as Record<string, string>;
}

/** KaTeX's style sheet. */
export function katexCss(): string {
  return fromPackage('katex', 'dist/katex.min.css', 'utf8');
}

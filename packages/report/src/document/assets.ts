import { decodeText, toBase64 } from '@labproof/submission';
import { packageFile } from './package-file.ts';

/** Fonts and KaTeX's style sheet out of npm packages, each read once. */
const cache = new Map<string, string>();

function fromPackage(name: string, path: string, read: (bytes: Uint8Array) => string): string {
  const key = `${name}/${path}`;
  let content = cache.get(key);
  if (content === undefined) {
    content = read(packageFile(name, path));
    cache.set(key, content);
  }
  return content;
}

/** A font file of an npm package as base64. */
export function fontFile(name: string, path: string): string {
  return fromPackage(name, path, toBase64);
}

/** The Unicode ranges of a Fontsource family's subsets, as `U+0000-00FF,U+0131`. */
export function fontRanges(name: string): Readonly<Record<string, string>> {
  return JSON.parse(fromPackage(name, 'unicode.json', decodeText)) as Record<string, string>;
}

/** KaTeX's style sheet. */
export function katexCss(): string {
  return fromPackage('katex', 'dist/katex.min.css', decodeText);
}

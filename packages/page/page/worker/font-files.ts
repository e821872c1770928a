import type { Site } from '../../src/site.ts';

/** The fonts and style sheets of pages, out of the one file that holds them. */
export function fontFiles({ assets }: Site, content: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return new Map(
    assets.fontFiles.map(({ path, from, to }) => [path, content.subarray(from, to)] as const),
  );
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Dataset, hashOf, sha256Hex } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { indexHtml } from './index-html.ts';
import { pack, packImages } from './pack-images.ts';
import { type Assets, AssetsSchema, type Site, type SiteDataset } from './site.ts';

/** Where `npm run build` leaves the parts of a page. */
const BUILT = fileURLToPath(new URL('../dist/site', import.meta.url));

/** A file of the page's folder. */
export interface SiteFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * The folder of a lab's self-check page. It holds the lab as it is given here and the test images of the datasets, and
 * nothing else of either: whoever packs it for students gives their edition. Throws a `RangeError` for another edition.
 */
export function selfCheckSite(options: {
  readonly lab: Lab;
  readonly datasets: readonly Pick<
    Dataset,
    'id' | 'title' | 'classes' | 'imageShape' | 'digest' | 'test'
  >[];
  readonly version: string;
  /** A build elsewhere, for tests. */
  readonly built?: string;
}): SiteFile[] {
  const { lab, datasets, version, built = BUILT } = options;
  if (lab.edition !== 'student') throw new RangeError('a page takes the student edition of a lab');
  const assets = readAssets(built);
  const files: SiteFile[] = Object.keys(assets.files).map((path) => ({
    path,
    content: readFileSync(join(built, path)),
  }));
  const add = (folder: string, extension: string, content: string | Uint8Array): string => {
    const path = `${folder}${sha256Hex(content).slice(0, 16)}${extension}`;
    files.push({ path, content });
    return path;
  };
  const packed = datasets.map(({ id, title, classes, imageShape, digest, test }): SiteDataset => {
    const folder = `data/${id}-`;
    return {
      id,
      title,
      classes: [...classes],
      imageShape: [...imageShape],
      digest,
      count: test.count,
      labels: add(`${folder}labels-`, '.z', pack(test.labels)),
      pieces: packImages(test.images, test.count, imageShape).map(({ images, filter, bytes }) => ({
        path: add(`${folder}images-`, '.z', bytes),
        images,
        filter,
      })),
    };
  });
  const labFile = add('lab-', '.json', JSON.stringify(lab));
  const sums = Object.fromEntries(
    files
      .map(({ path, content }): [string, string] => [path, sha256Hex(content)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  const about = {
    labproof: version,
    title: lab.title,
    lab: labFile,
    assets,
    datasets: packed,
    files: sums,
  };
  const site: Site = { ...about, digest: hashOf(about) };
  return [
    ...files,
    { path: 'index.html', content: indexHtml(site) },
    { path: 'site.json', content: `${JSON.stringify(site, null, 1)}\n` },
    { path: 'service-worker.js', content: readFileSync(join(built, 'service-worker.js')) },
  ];
}

function readAssets(built: string): Assets {
  return AssetsSchema.parse(JSON.parse(readFileSync(join(built, 'assets.json'), 'utf8')));
}

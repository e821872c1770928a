import { sha256Hex } from '@labproof/core/browser';
import type { GradingDataset } from '@labproof/grader';
import { unzlibSync } from 'fflate';
import { undoPaeth } from '../../src/image-filter.ts';
import type { Site, SiteDataset } from '../../src/site.ts';
import type { DataFiles } from './protocol.ts';

/** The first of the files that is not what the page's folder holds; `null` where all are. */
export function damagedFile(site: Site, files: DataFiles): string | null {
  for (const [path, bytes] of files) if (sha256Hex(bytes) !== site.files[path]) return path;
  return null;
}

/** Unpacks the test images of a data set. Throws a `RangeError` where a file is missing. */
export function unpackData(dataset: SiteDataset, files: DataFiles): GradingDataset {
  const { id, title, classes, imageShape, digest, count, pieces } = dataset;
  const size = imageShape[0] * imageShape[1] * imageShape[2];
  const unpack = (path: string): Uint8Array => {
    const packed = files.get(path);
    if (packed === undefined) throw new RangeError(`${path} is missing`);
    return unzlibSync(packed);
  };
  const images = new Uint8Array(count * size);
  let at = 0;
  for (const { path, filter } of pieces) {
    const bytes = unpack(path);
    images.set(filter === 'paeth' ? undoPaeth(bytes, imageShape) : bytes, at);
    at += bytes.length;
  }
  const test = { images, labels: unpack(dataset.labels), count };
  return { id, title, classes, imageShape, digest, test };
}

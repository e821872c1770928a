import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab, LabFolder } from '@labproof/lab';

/** A lab that was read and examined when Labproof was built, and from which files. */
interface KeptReading {
  /** The `labFilesDigest` of the folder. */
  readonly files: string;
  readonly lab: Lab;
}

/**
 * Labs as they were read when Labproof was built, a file each in one folder. One is taken only in place of reading the
 * very files that it was made of, byte for byte: reading them gives it again.
 */
export class KeptReadings {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The lab in these files; `null` where they are others, or were not kept. */
  find(folder: LabFolder): Lab | null {
    try {
      const text = readFileSync(join(this.#folder, keptFile(folder.name)), 'utf8');
      const { files, lab } = JSON.parse(text) as KeptReading;
      return files === labFilesDigest(folder) ? lab : null;
    } catch {
      return null;
    }
  }
}

/** A file that keeps a reading. */
export interface KeptFile {
  readonly name: string;
  readonly text: string;
}

/** What keeps a lab that was read in a folder. */
export function keepReading(folder: LabFolder, lab: Lab): KeptFile {
  const kept: KeptReading = { files: labFilesDigest(folder), lab };
  return { name: keptFile(folder.name), text: JSON.stringify(kept) };
}

/** The SHA-256 of all that a lab is read from: the folder's name, what stands in it, and every file's path and bytes. */
function labFilesDigest({ name, entries, files }: LabFolder): string {
  const hash = createHash('sha256').update(JSON.stringify([name, entries.toSorted()]));
  for (const [path, bytes] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([path, bytes.length])).update(bytes);
  }
  return hash.digest('hex');
}

function keptFile(lab: string): string {
  return `${lab}.json`;
}

import { clutterFolder, clutterReason } from './clutter.ts';
import {
  arrangeFiles,
  assertWithinLimits,
  compareText,
  fileObjection,
  type LeftOut,
  type SubmissionFile,
  type SubmissionFiles,
  type SubmissionLimits,
} from './submission-files.ts';

/** What is at a path of a folder; `why` something else than a folder or a file is left out. */
export type FolderEntry =
  | { readonly kind: 'folder' }
  | { readonly kind: 'file'; readonly bytes: number; readonly read: () => Uint8Array }
  | { readonly kind: 'other'; readonly why: string };

/** A folder on a disk, or one that somebody dropped on a page. */
export interface ListedFolder {
  /** The names in a folder in it, in any order; `''` is the folder itself. */
  names(folder: string): readonly string[];
  look(path: string): FolderEntry;
}

/**
 * Lists a folder as a submission. Files are read when they are asked for.
 * Throws a student's error (`submission-too-large`) past the limits.
 */
export function listFolder(folder: ListedFolder, limits: SubmissionLimits): SubmissionFiles {
  const files: SubmissionFile[] = [];
  const leftOut: LeftOut[] = [];
  const pending = [''];
  let totalBytes = 0;
  for (let inside = pending.pop(); inside !== undefined; inside = pending.pop()) {
    for (const name of folder.names(inside).toSorted(compareText)) {
      const path = inside === '' ? name : `${inside}/${name}`;
      const entry = folder.look(path);
      if (entry.kind === 'folder') {
        const why = clutterFolder(name) ?? fileObjection(path, 0, limits);
        if (why === null) pending.push(path);
        else leftOut.push({ path: `${path}/`, why });
        continue;
      }
      if (entry.kind === 'other') {
        leftOut.push({ path, why: entry.why });
      } else {
        const { bytes, read } = entry;
        const why = clutterReason(path) ?? fileObjection(path, bytes, limits);
        if (why === null) {
          files.push({ path, bytes, read });
          totalBytes += bytes;
        } else {
          leftOut.push({ path, why });
        }
      }
      assertWithinLimits(files.length + leftOut.length + pending.length, totalBytes, limits);
    }
  }
  return arrangeFiles(files, leftOut);
}

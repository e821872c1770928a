import { closeSync, lstatSync, readdirSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type LeftOut,
  type SubmissionFile,
  type SubmissionFiles,
  type SubmissionLimits,
  arrangeFiles,
  assertWithinLimits,
  clutterFolder,
  clutterReason,
  compareText,
  fileObjection,
} from '@labproof/submission';
import { classError } from '../errors.ts';
import { identityOf, openRegular } from './open-regular.ts';

/**
 * Lists a folder as a submission. Links are never followed and special files never opened; both are left out
 * with a reason. Files are read when they are asked for.
 * Throws a student's error (`submission-too-large`) past the limits.
 */
export function readFolder(root: string, limits: SubmissionLimits): SubmissionFiles {
  const files: SubmissionFile[] = [];
  const leftOut: LeftOut[] = [];
  const pending = [''];
  const whole = realpathSync(root);
  let totalBytes = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const name of namesIn(join(root, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const place = join(root, path);
      const status = lstatSync(place, { throwIfNoEntry: false });
      if (status === undefined) {
        leftOut.push({ path, why: 'its name is in no encoding that can be read; rename it' });
        continue;
      }
      if (status.isDirectory()) {
        const why = clutterFolder(name) ?? fileObjection(path, 0, limits);
        if (why === null) pending.push(path);
        else leftOut.push({ path: `${path}/`, why });
        continue;
      }
      const why = status.isSymbolicLink()
        ? 'it is a link, and links are not followed'
        : status.isFile()
          ? (clutterReason(path) ?? fileObjection(path, status.size, limits))
          : 'it is not a regular file';
      if (why === null) {
        const listed = { place, path, status, folder: join(whole, folder) };
        files.push({ path, bytes: status.size, read: () => readRegular(listed) });
        totalBytes += status.size;
      } else {
        leftOut.push({ path, why });
      }
      assertWithinLimits(files.length + leftOut.length + pending.length, totalBytes, limits);
    }
  }
  return arrangeFiles(files, leftOut);
}

/** One file by itself, or left out with the reason. */
export function readLooseFile(
  place: string,
  path: string,
  limits: SubmissionLimits,
): SubmissionFiles {
  const status = lstatSync(place);
  const why = status.isFile()
    ? fileObjection(path, status.size, limits)
    : 'it is not a regular file';
  if (why !== null) return arrangeFiles([], [{ path, why }]);
  const listed = { place, path, status, folder: realpathSync(dirname(place)) };
  return arrangeFiles([{ path, bytes: status.size, read: () => readRegular(listed) }], []);
}

function namesIn(folder: string): string[] {
  return readdirSync(folder).toSorted(compareText);
}

/** A file as it was when its folder was listed. */
interface ListedFile {
  readonly place: string;
  readonly path: string;
  readonly status: Stats;
  /** The folder in which it lies, by a path without links. */
  readonly folder: string;
}

/**
 * Reads a file that was listed. Refuses it if something else stands there by now, also where a folder above it has become a
 * link: the open file has to be the one that was listed, and its folder to lie where it lay.
 */
function readRegular({ place, path, status, folder }: ListedFile): Uint8Array {
  const { descriptor, size, identity } = openRegular(place, (reason) =>
    classError('file-unreadable', {
      message: `The file ${path} cannot be opened: ${reason}.`,
      fix: 'Check the permissions of the file, or save it again.',
    }),
  );
  try {
    const same = size === status.size && identity === identityOf(status);
    if (same && realpathSync(dirname(place)) === folder) return readFileSync(descriptor);
    throw classError('file-changed', {
      message: `The file ${path} changed while it was being read.`,
      fix: 'Grade again once nothing writes to the submission.',
    });
  } finally {
    closeSync(descriptor);
  }
}

import { closeSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { openRegular } from './open-regular.ts';

/**
 * Lists a folder as a submission. Links are never followed and special files never opened; both are left out
 * with a reason. Files are read when they are asked for.
 * Throws a student's error (`submission-too-large`) past the limits.
 */
export function readFolder(root: string, limits: SubmissionLimits): SubmissionFiles {
  const files: SubmissionFile[] = [];
  const leftOut: LeftOut[] = [];
  const pending = [''];
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
        files.push({ path, bytes: status.size, read: () => readRegular(place, path, status.size) });
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
  return arrangeFiles(
    [{ path, bytes: status.size, read: () => readRegular(place, path, status.size) }],
    [],
  );
}

function namesIn(folder: string): string[] {
  return readdirSync(folder).toSorted(compareText);
}

/** Reads a file that was regular and of this size when it was listed; refuses it if it has become something else. */
function readRegular(place: string, path: string, bytes: number): Uint8Array {
  const { descriptor, size } = openRegular(place, (reason) =>
    classError('file-unreadable', {
      message: `The file ${path} cannot be opened: ${reason}.`,
      fix: 'Check the permissions of the file, or save it again.',
    }),
  );
  try {
    if (size === bytes) return readFileSync(descriptor);
    throw classError('file-changed', {
      message: `The file ${path} changed while it was being read.`,
      fix: 'Grade again once nothing writes to the submission.',
    });
  } finally {
    closeSync(descriptor);
  }
}

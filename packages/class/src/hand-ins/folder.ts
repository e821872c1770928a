import { closeSync, lstatSync, readdirSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type FolderEntry,
  type SubmissionFiles,
  type SubmissionLimits,
  arrangeFiles,
  fileObjection,
  listFolder,
} from '@labproof/submission';
import { classError } from '../errors.ts';
import { identityOf, openRegular } from './open-regular.ts';

/**
 * Lists a folder as a submission. Links are never followed and special files never opened; both are left out
 * with a reason. Files are read when they are asked for.
 * Throws a student's error (`submission-too-large`) past the limits.
 */
export function readFolder(root: string, limits: SubmissionLimits): SubmissionFiles {
  const whole = realpathSync(root);
  return listFolder(
    {
      names: (folder) => readdirSync(join(root, folder)),
      look: (path) => look(join(root, path), path, dirname(join(whole, path))),
    },
    limits,
  );
}

/** `folder`: where the file lies, by a path without links. */
function look(place: string, path: string, folder: string): FolderEntry {
  const status = lstatSync(place, { throwIfNoEntry: false });
  if (status === undefined) {
    return { kind: 'other', why: 'its name is in no encoding that can be read; rename it' };
  }
  if (status.isDirectory()) return { kind: 'folder' };
  if (status.isSymbolicLink()) {
    return { kind: 'other', why: 'it is a link, and links are not followed' };
  }
  if (!status.isFile()) return { kind: 'other', why: 'it is not a regular file' };
  const listed = { place, path, status, folder };
  return { kind: 'file', bytes: status.size, read: () => readRegular(listed) };
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

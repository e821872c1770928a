import { closeSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type ByteSource,
  readZip,
  type SubmissionFiles,
  type SubmissionLimits,
} from '@labproof/submission';
import { classError } from '../errors.ts';
import { openRegular } from './open-regular.ts';

/**
 * Reads a .zip on the disk, or what is at a path inside of it. The file is opened once, without following a link, and
 * read piece by piece. Throws a student's error when it cannot be opened or read.
 */
export function readZipFile(
  path: string,
  limits: SubmissionLimits,
  inside = '',
): Promise<SubmissionFiles> {
  return withZipFile(path, (archive) => readZip(archive, limits, inside));
}

/** Opens a .zip on the disk, hands its bytes to `use` piece by piece as they are asked for, and closes it. */
export async function withZipFile<T>(
  path: string,
  use: (archive: ByteSource) => Promise<T>,
): Promise<T> {
  const { descriptor, size } = openRegular(path, (reason) =>
    classError('submission-unreadable', {
      message: `The submission ${basename(path)} cannot be opened: ${reason}.`,
      fix: 'Check that it is there and may be read.',
    }),
  );
  try {
    return await use({ size, read: (offset, length) => readPiece(descriptor, offset, length) });
  } finally {
    closeSync(descriptor);
  }
}

function readPiece(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const more = readSync(descriptor, bytes, read, length - read, offset + read);
    if (more === 0) throw new Error('the file is shorter than it was');
    read += more;
  }
  return bytes;
}

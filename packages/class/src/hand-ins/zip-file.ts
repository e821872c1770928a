import { reasonOf } from '@labproof/core';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { readZip, type SubmissionFiles, type SubmissionLimits } from '@labproof/submission';
import { classError } from '../errors.ts';

/**
 * Reads a .zip on the disk. The file is opened once, without following a link, and read piece by piece.
 * Throws a student's error when it cannot be opened or read.
 */
export async function readZipFile(
  path: string,
  limits: SubmissionLimits,
): Promise<SubmissionFiles> {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    throw classError('submission-unreadable', {
      message: `The submission ${basename(path)} cannot be opened: ${reasonOf(error)}.`,
      fix: 'Check that it is there and may be read.',
    });
  }
  try {
    const { size } = fstatSync(descriptor);
    return await readZip(
      { size, read: (offset, length) => readPiece(descriptor, offset, length) },
      limits,
    );
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

import { reasonOf } from '@labproof/core';
import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs';

/** A regular file that is open for reading, and its size when it was opened. */
export interface RegularFile {
  readonly descriptor: number;
  /** In bytes. */
  readonly size: number;
  /** See `identityOf`. */
  readonly identity: string;
}

/** Which file of a machine it is, whatever it is called. */
export function identityOf({ dev, ino }: Pick<Stats, 'dev' | 'ino'>): string {
  return `${dev} ${ino}`;
}

/**
 * Opens a file without following a link, and only if it is regular: a link, a pipe or a device that stands where a file
 * was listed is not opened, and cannot make anybody wait.
 * Throws what `problem` makes of the reason. Whoever opens it closes it.
 */
export function openRegular(place: string, problem: (reason: string) => Error): RegularFile {
  let descriptor: number;
  try {
    // Windows has none of the two.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    descriptor = openSync(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    throw problem(reasonOf(error));
  }
  const status = fstatSync(descriptor);
  if (status.isFile()) return { descriptor, size: status.size, identity: identityOf(status) };
  closeSync(descriptor);
  throw problem('it is not a regular file');
}

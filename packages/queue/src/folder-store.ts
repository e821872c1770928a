import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LabproofError, reasonOf } from '@labproof/core';
import type { FileStore } from './file-store.ts';
import { queueError } from './errors.ts';

/** Files in a folder that every machine mounts, such as one on NFS; on a single machine any folder. */
export function folderStore(directory: string): FileStore {
  const name = `the folder ${directory}`;
  return {
    name,
    async write(path, bytes) {
      const target = join(directory, path);
      // Several machines write here, so the name aside must be unlike any other machine's.
      const aside = `${target}.${randomUUID()}.part`;
      try {
        await mkdir(dirname(target), { recursive: true });
        // Not flushed: what a crash of the machine leaves half written fails its digest and is made again.
        await writeFile(aside, bytes);
        await rename(aside, target);
      } catch (error) {
        await rm(aside, { force: true }).catch(() => undefined);
        throw unreachable(name, error);
      }
    },
    async read(path) {
      try {
        return await readFile(join(directory, path));
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'ENOENT' || code === 'ENOTDIR') return null;
        throw unreachable(name, error);
      }
    },
  };
}

function unreachable(name: string, error: unknown): LabproofError {
  return queueError('file-store-unreachable', {
    message: `Files cannot be read from or written to ${name}: ${reasonOf(error)}.`,
    fix: 'Check that the folder is mounted and writable and that there is space, then run the same command again.',
    cause: error,
  });
}

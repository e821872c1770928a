import { mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** The folder that keeps unpacked browsers: `LABPROOF_CACHE`, else the user's own cache folder. */
export function cacheRoot(): string {
  const named = process.env['LABPROOF_CACHE'];
  return named !== undefined && named !== ''
    ? resolve(named)
    : envPaths('labproof', { suffix: '' }).cache;
}

/** Makes a folder that only this user may write; throws where it belongs to somebody else, because programs are run from it. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(path);
  const owned = process.getuid === undefined || uid === process.getuid();
  const writableByOthers = process.platform !== 'win32' && (mode & 0o022) !== 0;
  if (!owned || writableByOthers) {
    throw new Error(`${path} can be written by other users, so no program is run from it`);
  }
}

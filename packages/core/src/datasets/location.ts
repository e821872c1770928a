import path from 'node:path';
import envPaths from 'env-paths';

/** Labproof's own folder in the place where this system keeps what can be made again. */
export function userCacheDirectory(): string {
  return envPaths('labproof', { suffix: '' }).cache;
}

/**
 * Where the stored files of a dataset lie: in its folder under the directory that the caller names, else under
 * `LABPROOF_DATA`, else under `datasets` in the user's cache.
 */
export function datasetDirectory(id: string, cacheDirectory?: string): string {
  const named = cacheDirectory ?? (process.env['LABPROOF_DATA'] || undefined);
  return path.resolve(named ?? path.join(userCacheDirectory(), 'datasets'), id);
}

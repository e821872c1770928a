/**
 * Stands in the place of `packages.ts` in a browser, where nothing is installed.
 *
 * @public `package.json` names it under `browser`.
 */
export const TENSORFLOW_FOLDER = 'LABPROOF_TENSORFLOW';

/** @public */
export function searchRoots(): readonly never[] {
  return [];
}

/** @public */
export function findBackend(): null {
  return null;
}

/** @public */
export function hasNativePart(): boolean {
  return false;
}

/** Stands in the place of `package-file.ts` in a browser: what whoever renders has brought along. */
const given = new Map<string, Uint8Array>();

/** Hands over the files of npm packages that pages are made of, by `package/path`; see `packageFilesUsed`. */
export function givePackageFiles(files: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, bytes] of files) given.set(path, bytes);
}

/**
 * The bytes of a file of an npm package.
 *
 * @public `package.json` names this file under `browser`.
 */
export function packageFile(name: string, path: string): Uint8Array {
  const bytes = given.get(`${name}/${path}`);
  if (bytes === undefined) throw new Error(`${name}/${path} was not brought along`);
  return bytes;
}

/** The file, beside the bundle, that holds the package: whoever bundles puts its name in. */
declare const LABPROOF_H5WASM: string;

/**
 * Stands in the place of `import-library.ts` in a browser.
 *
 * @public `package.json` names it under `browser`.
 */
export function importLibrary(instance: number): Promise<typeof import('h5wasm')> {
  const { href } = new URL(`./${LABPROOF_H5WASM}?instance=${instance}`, import.meta.url);
  return import(/* @vite-ignore */ href);
}

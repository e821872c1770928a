/**
 * The package with an instance of its own for each number: it makes one when it is loaded, and under another address it is
 * loaded, and made, once more.
 */
export function importLibrary(instance: number): Promise<typeof import('h5wasm')> {
  return instance === 0
    ? import('h5wasm')
    : import(/* @vite-ignore */ `${import.meta.resolve('h5wasm')}?instance=${instance}`);
}

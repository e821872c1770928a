import type { Hdf5Library } from './library.ts';

/**
 * Lends so many zeroed bytes of the library's memory. It still holds what it held before, and that must never pass
 * for the content of a file which could not be read.
 */
export function withMemory<T>(
  library: Hdf5Library,
  length: number,
  use: (pointer: number) => T,
): T {
  const { _malloc: allocate, _free: release } = library;
  const pointer = allocate(length);
  if (pointer === 0) throw new Error('out of memory');
  try {
    library.HEAPU8.fill(0, pointer, pointer + length);
    return use(pointer);
  } finally {
    release(pointer);
  }
}

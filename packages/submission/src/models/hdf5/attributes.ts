import type { Hdf5Place } from './dataset.ts';
import { HDF5_LIMITS } from './hdf5-limits.ts';
import { callLibrary, hdf5Problem } from './hdf5-problem.ts';
import { withMemory } from './memory.ts';

const STRING = 3;

/** The texts in an attribute, one or many; `null` where there is no such attribute or it holds no text. */
export function readTexts(place: Hdf5Place, group: string, name: string): string[] | null {
  const { library, id, file, bytes } = place;
  const names = callLibrary(file, () => library.get_attribute_names(id, group));
  if (!names.includes(name)) return null;
  const metadata = callLibrary(file, () => library.get_attribute_metadata(id, group, name));
  if (metadata.type !== STRING || metadata.shape === null) return null;
  const count = metadata.shape.reduce((product, extent) => product * extent, 1);
  const declared = count * metadata.size;
  // A text of variable length lies elsewhere in the file, and every entry may point to the same large one.
  const worst = metadata.vlen && count > 1 ? count * bytes : declared;
  if (
    !(declared <= Math.min(bytes, HDF5_LIMITS.attributeBytes) && worst <= HDF5_LIMITS.textListBytes)
  ) {
    throw hdf5Problem(
      'hdf5-size',
      file,
      `declares more for the attribute ${name} of ${group} than is read`,
    );
  }
  if (count === 0) return [];
  const texts = callLibrary(file, () =>
    withMemory(library, declared, (pointer) => {
      if (library.get_attribute_data(id, group, name, BigInt(pointer)) < 0)
        throw new Error('no values');
      const { HEAPU8: memory } = library;
      const pointers = new DataView(memory.buffer, pointer, declared);
      const found = Array.from({ length: count }, (_, index) =>
        metadata.vlen
          ? textAt(memory, pointers.getUint32(index * 4, true), HDF5_LIMITS.attributeBytes)
          : textAt(memory, pointer + index * metadata.size, metadata.size),
      );
      if (metadata.vlen) library.reclaim_vlen_memory(id, group, name, BigInt(pointer));
      return found;
    }),
  );
  return texts.map((text) => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(text);
    } catch {
      throw hdf5Problem('hdf5-damaged', file, `holds an attribute ${name} that is no text`);
    }
  });
}

/** A copy of the bytes up to the first zero, at most so many. */
function textAt(memory: Uint8Array, start: number, limit: number): Uint8Array {
  if (start === 0) return new Uint8Array(0);
  const field = memory.subarray(start, start + limit);
  const end = field.indexOf(0);
  return field.slice(0, end < 0 ? field.length : end);
}

import { hdf5Problem } from './hdf5-problem.ts';

/** A global heap collection begins with its signature, version 1 and three zeros (HDF5 File Format Specification, III.E). */
const COLLECTION = Uint8Array.of(0x47, 0x43, 0x4f, 0x4c, 1, 0, 0, 0);
const HEADER = 16;

/**
 * Walks through the heaps in which a file keeps its texts of variable length. libhdf5 2.0 never comes back from a heap
 * whose free space has the size 0, so the sizes are checked before it sees the file.
 * Throws the student's `hdf5-damaged`; also for offsets and lengths that do not take 8 bytes, as they do in every
 * file of Keras.
 */
export function assertHeapsEnd(bytes: Uint8Array, file: string): void {
  const version = bytes[8] ?? 0;
  const [offsets, lengths] = version < 2 ? [bytes[13], bytes[14]] : [bytes[9], bytes[10]];
  if (offsets !== 8 || lengths !== 8) throw damaged(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(0x47); at >= 0; at = bytes.indexOf(0x47, at + 1)) {
    if (COLLECTION.every((byte, index) => bytes[at + index] === byte)) walk(view, at, file);
  }
}

function walk(view: DataView, start: number, file: string): void {
  const end = start + sizeAt(view, start + 8, file);
  if (end > view.byteLength) throw damaged(file);
  let at = start + HEADER;
  while (at + HEADER <= end) {
    const size = sizeAt(view, at + 8, file);
    // Object 0 is what is free, and counts its own header; every other is padded to a multiple of 8.
    const step = view.getUint16(at, true) === 0 ? size : HEADER + Math.ceil(size / 8) * 8;
    if (step < HEADER || at + step > end) throw damaged(file);
    at += step;
  }
}

function sizeAt(view: DataView, at: number, file: string): number {
  if (at + 8 > view.byteLength) throw damaged(file);
  return Number(view.getBigUint64(at, true));
}

function damaged(file: string): Error {
  return hdf5Problem('hdf5-damaged', file, 'is damaged: its parts do not fit together');
}

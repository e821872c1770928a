import { zlibSync } from 'fflate';
import { paethBytes } from './image-filter.ts';

/** Bytes of images in one piece before they are packed: small enough to be kept one by one. */
const PIECE = 8 * 2 ** 20;

/** Images that were packed together. */
export interface PackedImages {
  readonly images: number;
  readonly filter: 'none' | 'paeth';
  readonly bytes: Uint8Array;
}

/**
 * Packs images, `[count, height, width, channels]`, into pieces: Deflate over the bytes as they are, or over their
 * differences to what their neighbours foretell (Paeth's filter, as PNG has it), whichever is smaller. Equal images give
 * equal bytes on every machine.
 */
export function packImages(
  images: Uint8Array,
  count: number,
  shape: readonly [number, number, number],
): PackedImages[] {
  const size = shape[0] * shape[1] * shape[2];
  const each = Math.max(1, Math.floor(PIECE / size));
  const pieces: PackedImages[] = [];
  let filter: PackedImages['filter'] | null = null;
  for (let from = 0; from < count; from += each) {
    const to = Math.min(count, from + each);
    const plain = images.subarray(from * size, to * size);
    filter ??= betterFilter(plain.subarray(0, size * Math.min(to - from, 500)), shape);
    const content = filter === 'paeth' ? paethBytes(plain, shape) : plain;
    pieces.push({ images: to - from, filter, bytes: pack(content) });
  }
  return pieces;
}

/** Packs bytes that are no images. */
export function pack(bytes: Uint8Array): Uint8Array {
  return zlibSync(bytes, { level: 9 });
}

function betterFilter(
  sample: Uint8Array,
  shape: readonly [number, number, number],
): PackedImages['filter'] {
  return pack(paethBytes(sample, shape)).length < pack(sample).length ? 'paeth' : 'none';
}

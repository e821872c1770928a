import type { ByteSource } from './byte-source.ts';

const END_RECORD = 22;
const LOCATOR = 20;
const ZIP64_RECORD = 56;

/**
 * A .zip without the ZIP64 records that it has and does not need; other archives as they are. PyTorch always writes
 * them (miniz does). zip.js 2.24 then looks for the directory where it would stand without them, 76 bytes too far on,
 * and takes what it finds there where an entry of the directory happens to begin at that place.
 */
export function withoutIdleZip64(bytes: Uint8Array): Uint8Array | ByteSource {
  const end = bytes.length - END_RECORD;
  const start = end - LOCATOR - ZIP64_RECORD;
  if (start < 0) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const there =
    view.getUint32(end, true) === 0x06054b50 &&
    view.getUint32(end - LOCATOR, true) === 0x07064b50 &&
    view.getUint32(start, true) === 0x06064b50;
  // The old record's own numbers must do: 0xFFFF and 0xFFFFFFFF stand for "see ZIP64".
  const entries = view.getUint16(end + 10, true);
  const [length, offset] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (!there || entries === 0xffff || length === 0xffffffff || offset + length !== start) {
    return bytes;
  }
  return {
    size: start + END_RECORD,
    read: (from, count) => {
      const to = from + count;
      if (to <= start) return bytes.subarray(from, to);
      if (from >= start) return bytes.subarray(from - start + end, to - start + end);
      const joined = new Uint8Array(count);
      joined.set(bytes.subarray(from, start));
      joined.set(bytes.subarray(end, to - start + end), start - from);
      return joined;
    },
  };
}

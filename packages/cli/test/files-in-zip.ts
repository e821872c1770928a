/** The files of a small zip by its central directory: text and Unix permissions. Deflated entries are inflated. */
import { inflateRawSync } from 'node:zlib';

export function filesInZip(
  zip: Uint8Array,
): ReadonlyMap<string, { readonly content: string; readonly mode: number }> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const text = (from: number, length: number): string =>
    new TextDecoder().decode(zip.subarray(from, from + length));
  const end = zip.length - 22;
  const files = new Map<string, { content: string; mode: number }>();
  let at = view.getUint32(end + 16, true);
  for (let entry = 0; entry < view.getUint16(end + 10, true); entry += 1) {
    const nameLength = view.getUint16(at + 28, true);
    const name = text(at + 46, nameLength);
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = zip.subarray(start, start + view.getUint32(at + 20, true));
    const bytes = view.getUint16(at + 10, true) === 0 ? packed : inflateRawSync(packed);
    const mode = view.getUint32(at + 38, true) >>> 16;
    files.set(name, { content: new TextDecoder().decode(bytes), mode });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}

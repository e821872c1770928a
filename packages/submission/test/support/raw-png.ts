import { deflateSync } from 'node:zlib';

/** Colour types of the PNG standard. */
export const GREY = 0;
export const RGB = 2;
export const PALETTE = 3;
export const GREY_ALPHA = 4;
export const RGBA = 6;

/** A PNG from rows of packed bytes, without any help that could hide what a reader has to cope with. */
export function rawPng(picture: {
  readonly width: number;
  readonly rows: readonly (readonly number[])[];
  readonly depth: number;
  readonly colour: number;
  readonly palette?: readonly number[];
  readonly alpha?: readonly number[];
  /** Instead of the rows, compressed already. */
  readonly data?: Uint8Array;
  readonly height?: number;
}): Uint8Array {
  const { width, rows, depth, colour, palette, alpha, data } = picture;
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, picture.height ?? rows.length);
  header.setUint8(8, depth);
  header.setUint8(9, colour);
  const plain = Uint8Array.from(rows.flatMap((row) => [0, ...row]));
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', new Uint8Array(header.buffer)),
    ...(palette === undefined ? [] : chunk('PLTE', Uint8Array.from(palette))),
    ...(alpha === undefined ? [] : chunk('tRNS', Uint8Array.from(alpha))),
    ...chunk('IDAT', data ?? deflateSync(plain)),
    ...chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

/** CRC-32 of the PNG standard, bit by bit. */
function crc(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

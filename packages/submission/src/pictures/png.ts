import { reasonOf } from '@labproof/core';
import { type DecodedPng, decode } from 'fast-png';
import { Unzlib } from 'fflate';
import { MOST_PIXELS, MOST_SIDE } from './image-content.ts';
import { type Pixels, onWhite } from './pixels.ts';
import { submissionError } from '../errors.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Chunks without which a picture cannot be decoded; texts, colour profiles and animations are not looked at. */
const NEEDED = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** Place of the header's byte that says how colours are stored, and its value for a palette. */
const COLOUR_TYPE_AT = 25;
const WITH_PALETTE = 3;

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/**
 * Decodes a PNG: its pixels as they look on white paper. The declared size, and the amount of data that is really in it, are
 * bounded before the decoder runs. Throws a student's `image-unreadable` or `image-too-large`.
 */
export function pixelsOfPng(bytes: Uint8Array, path: string): Pixels {
  return whileDecoding(bytes, path, (image) => {
    const { width, height, palette, depth } = image;
    const data = depth < 8 ? Uint8Array.from(indices(image.data, width, depth)) : image.data;
    if (palette === undefined) {
      return onWhite({ width, height, data, channels: image.channels, maximum: 2 ** depth - 1 });
    }
    const channels = palette[0]?.length ?? 3;
    const colours = new Uint8Array(width * height * channels);
    for (let at = 0; at < width * height; at += 1) {
      colours.set(colourOf(palette, data[at] ?? 0), at * channels);
    }
    return onWhite({ width, height, data: colours, channels, maximum: 255 });
  });
}

function colourOf(palette: NonNullable<DecodedPng['palette']>, index: number): readonly number[] {
  const colour = palette[index];
  if (colour === undefined) throw new Error('a pixel has a colour that its palette lacks');
  return colour;
}

/** Decodes under bounds and hands the picture over; whatever goes wrong is the file's. */
function whileDecoding<T>(bytes: Uint8Array, path: string, use: (image: DecodedPng) => T): T {
  try {
    const stripped = neededChunks(bytes);
    const view = new DataView(stripped.buffer);
    const width = view.getUint32(16);
    const height = view.getUint32(20);
    if (width * height > MOST_PIXELS || Math.max(width, height) > MOST_SIDE)
      throw tooLarge(path, width, height);
    boundInflation(stripped, width, height);
    const image = decode(stripped);
    if (stripped[COLOUR_TYPE_AT] === WITH_PALETTE && image.palette === undefined) {
      throw new Error('its palette is missing');
    }
    return use(image);
  } catch (error) {
    if (error instanceof Error && 'owner' in error) throw error;
    throw submissionError('image-unreadable', {
      message: `${path} cannot be read as a PNG: ${reasonOf(error)}.`,
      fix: 'Save the plot as a PNG again.',
    });
  }
}

/** The values of pixels that are packed several to a byte; whole bytes are given as they are. */
function* indices(data: ArrayLike<number>, width: number, depth: number): Generator<number> {
  if (depth >= 8) {
    for (let at = 0; at < data.length; at += 1) yield data[at] ?? 0;
    return;
  }
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  for (let at = 0; at < data.length; at += 1) {
    const first = (at % rowBytes) * perByte;
    for (let slot = 0; slot < perByte && first + slot < width; slot += 1) {
      yield ((data[at] ?? 0) >> (8 - depth * (slot + 1))) & (2 ** depth - 1);
    }
  }
}

function neededChunks(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  let offset = 8;
  for (let type = ''; type !== 'IEND';) {
    if (offset + 12 > bytes.length) throw new Error('it is cut off');
    const end = offset + 12 + view.getUint32(offset);
    if (end > bytes.length) throw new Error('it is cut off');
    type = String.fromCodePoint(...bytes.subarray(offset + 4, offset + 8));
    if (parts.length === 1 && type !== 'IHDR') throw new Error('its header is missing');
    if (NEEDED.has(type)) parts.push(bytes.subarray(offset, end));
    offset = end;
  }
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Inflates piece by piece and counts: a small file must not unfold into more than its picture can need. */
function boundInflation(png: Uint8Array, width: number, height: number): void {
  const most = height * (width * 8 + 1) + 2 ** 16;
  let total = 0;
  const inflator = new Unzlib((chunk) => {
    total += chunk.length;
  });
  const view = new DataView(png.buffer);
  for (let offset = 8; offset < png.length;) {
    const length = view.getUint32(offset);
    const end = offset + 8 + length;
    const isData = String.fromCodePoint(...png.subarray(offset + 4, offset + 8)) === 'IDAT';
    for (let at = isData ? offset + 8 : end; at < end; at += PIECE) {
      inflator.push(png.subarray(at, Math.min(at + PIECE, end)));
      if (total > most) throw new Error('it unfolds into more data than its size allows');
    }
    offset += 12 + length;
  }
}

const PIECE = 2 ** 14;

function tooLarge(path: string, width: number, height: number): Error {
  return submissionError('image-too-large', {
    message: `${path} has ${width} × ${height} pixels; more than ${MOST_PIXELS / 1e6} million, or more than ${MOST_SIDE} to a side, are not looked at.`,
    fix: 'Save the plot at about 1000 pixels across.',
  });
}

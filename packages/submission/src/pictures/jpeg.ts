import { reasonOf } from '@labproof/core';
import jpeg from 'jpeg-js';
import { MOST_PIXELS } from './image-content.ts';
import { type Pixels, onWhite } from './pixels.ts';
import { submissionError } from '../errors.ts';

const MOST_MEGABYTES = 512;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Decodes a JPEG under bounds on pixels and memory. Throws a student's `image-unreadable`. */
export function pixelsOfJpeg(bytes: Uint8Array, path: string): Pixels {
  const { width, height, data } = decoded(bytes, path);
  return onWhite({ width, height, data, channels: 4, maximum: 255 });
}

function decoded(
  bytes: Uint8Array,
  path: string,
): { width: number; height: number; data: Uint8Array } {
  try {
    return jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: true,
      maxResolutionInMP: MOST_PIXELS / 1e6,
      maxMemoryUsageInMB: MOST_MEGABYTES,
    });
  } catch (error) {
    throw submissionError('image-unreadable', {
      message: `${path} cannot be read as a JPEG: ${reasonOf(error)}.`,
      fix: 'Save the plot as a PNG.',
    });
  }
}

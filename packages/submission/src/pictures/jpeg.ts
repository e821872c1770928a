import { reasonOf } from '@labproof/core';
import jpeg from 'jpeg-js';
import { type ImageContent, MOST_PIXELS, looksBlank } from './image-content.ts';
import { submissionError } from '../errors.ts';

const MOST_MEGABYTES = 512;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Decodes a JPEG under bounds on pixels and memory. Throws a student's `image-unreadable`. */
export function readJpeg(bytes: Uint8Array, path: string): ImageContent {
  try {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: true,
      maxResolutionInMP: MOST_PIXELS / 1e6,
      maxMemoryUsageInMB: MOST_MEGABYTES,
    });
    return { width, height, blank: looksBlank(data, 4, 255) };
  } catch (error) {
    throw submissionError('image-unreadable', {
      message: `${path} cannot be read as a JPEG: ${reasonOf(error)}.`,
      fix: 'Save the plot as a PNG.',
    });
  }
}

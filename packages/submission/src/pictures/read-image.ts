import type { ImageContent } from './image-content.ts';
import { isJpeg, pixelsOfJpeg, readJpeg } from './jpeg.ts';
import type { Pixels } from './pixels.ts';
import { isPng, pixelsOfPng, readPng } from './png.ts';
import { submissionError } from '../errors.ts';

/** Decodes a picture by its content, whatever its name says. Throws a student's error for other formats. */
export function readImage(bytes: Uint8Array, path: string): ImageContent {
  if (isPng(bytes)) return readPng(bytes, path);
  if (isJpeg(bytes)) return readJpeg(bytes, path);
  throw unknownFormat(path);
}

/** The pixels of a picture, on white paper. Throws as `readImage` does. */
export function readPixels(bytes: Uint8Array, path: string): Pixels {
  if (isPng(bytes)) return pixelsOfPng(bytes, path);
  if (isJpeg(bytes)) return pixelsOfJpeg(bytes, path);
  throw unknownFormat(path);
}

function unknownFormat(path: string): Error {
  return submissionError('image-format', {
    message: `${path} is neither a PNG nor a JPEG.`,
    fix: 'Save the plot as a PNG.',
  });
}

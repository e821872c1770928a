import type { ImageContent } from './image-content.ts';
import { isJpeg, readJpeg } from './jpeg.ts';
import { isPng, readPng } from './png.ts';
import { submissionError } from '../errors.ts';

/** Decodes a picture by its content, whatever its name says. Throws a student's error for other formats. */
export function readImage(bytes: Uint8Array, path: string): ImageContent {
  if (isPng(bytes)) return readPng(bytes, path);
  if (isJpeg(bytes)) return readJpeg(bytes, path);
  throw submissionError('image-format', {
    message: `${path} is neither a PNG nor a JPEG.`,
    fix: 'Save the plot as a PNG.',
  });
}

import { type ImageContent, looksBlank } from './image-content.ts';
import { isJpeg, pixelsOfJpeg } from './jpeg.ts';
import { type PictureLook, lookOf } from './look.ts';
import type { Pixels } from './pixels.ts';
import { isPng, pixelsOfPng } from './png.ts';
import { submissionError } from '../errors.ts';

/** A picture, decoded and looked at. */
export interface ReadPicture {
  readonly content: ImageContent;
  readonly look: PictureLook;
}

/** Decodes a picture by its content, whatever its name says. Throws a student's error for other formats. */
export function readPicture(bytes: Uint8Array, path: string): ReadPicture {
  const pixels = readPixels(bytes, path);
  const { width, height, rgb } = pixels;
  return { content: { width, height, blank: looksBlank(rgb) }, look: lookOf(pixels) };
}

/** The pixels of a picture, on white paper. Throws as `readPicture` does. */
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

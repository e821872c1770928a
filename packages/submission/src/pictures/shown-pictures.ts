import { encode } from 'fast-png';
import type { Lab } from '@labproof/lab';
import { sha256Hex } from '@labproof/core';
import type { Answer } from '../answers/answer.ts';
import { answerTo } from '../answers/merge-answers.ts';
import { readOrRefuse } from '../refusal.ts';
import { toBase64 } from '../text/base64.ts';
import type { SubmissionFiles } from '../files/submission-files.ts';
import type { AnswerPicture } from './answer-pictures.ts';
import { type LocatedImage, findImage } from './find-image.ts';
import { type Pixels, shrink } from './pixels.ts';
import { readPixels } from './read-image.ts';

/**
 * A picture of an answer, drawn anew: its pixels on white paper and nothing else of the student's file.
 *
 * @public
 */
export interface ShownPicture {
  readonly question: string;
  /** Where the student's own file lies; untrusted text. */
  readonly path: string;
  /** Size of `png`, which may be smaller than the student's picture. */
  readonly width: number;
  readonly height: number;
  /** A PNG in base64. */
  readonly png: string;
}

/** Sides of the copies, largest first: the first that takes few enough bytes is used. */
const SIDES = [720, 540, 400, 280, 200, 140] as const;
/** A plot of 720 × 480 pixels takes 10 to 40 kB. */
const MOST_BYTES = 65_536;
const MOST_BYTES_TOGETHER = 1_048_576;
const MOST_PICTURES = 40;
/** So many pixels are decoded for one submission, at most; five photographs of a telephone. */
const MOST_PIXELS_TOGETHER = 60_000_000;

/**
 * The pictures of every question to be shown beside its answer: those that a check looked at, else those that the
 * answer shows. What cannot be read, or is beyond the bounds, is left out here; that it is not shown decides nothing.
 */
export function shownPictures(
  lab: Lab,
  answers: readonly Answer[],
  pictures: ReadonlyMap<string, readonly AnswerPicture[]>,
  files: SubmissionFiles,
): ShownPicture[] {
  const shown: ShownPicture[] = [];
  const drawn = new Map<string, ReturnType<typeof draw> | null>();
  let bytesLeft = MOST_BYTES_TOGETHER;
  let pixelsLeft = MOST_PIXELS_TOGETHER;
  for (const question of lab.questions) {
    const looked = pictures.get(question.id);
    const images =
      looked === undefined
        ? referredTo(answerTo(question, answers), files)
        : looked.flatMap(({ image, content }) => (content === null || !image ? [] : [image]));
    for (const image of images.slice(0, 8)) {
      if (shown.length >= MOST_PICTURES || pixelsLeft <= 0) return shown;
      const copy = readOrRefuse(() => {
        const bytes = image.read();
        const digest = sha256Hex(bytes);
        const known = drawn.get(digest);
        if (known !== undefined) return known;
        drawn.set(digest, null);
        const pixels = readPixels(bytes, image.path);
        pixelsLeft -= pixels.width * pixels.height;
        const fresh = draw(pixels);
        drawn.set(digest, fresh);
        return fresh;
      }).value;
      if (copy === null || copy.png.length > bytesLeft) continue;
      bytesLeft -= copy.png.length;
      shown.push({ question: question.id, path: image.path, ...copy });
    }
  }
  return shown;
}

/** The files that an answer shows, those that are there. */
function referredTo(answer: Answer | null, files: SubmissionFiles): LocatedImage[] {
  return (answer?.images ?? []).flatMap((reference) => {
    const { value } = readOrRefuse(() => findImage(reference, answer?.file ?? '', files));
    return value === null ? [] : [value];
  });
}

/** A copy of a picture within the bounds on its size. */
function draw(pixels: Pixels): Omit<ShownPicture, 'question' | 'path'> {
  const longest = Math.max(pixels.width, pixels.height);
  let small = pixels;
  let png: Uint8Array = new Uint8Array(0);
  for (const side of SIDES) {
    const scale = Math.min(1, side / longest);
    const width = Math.max(1, Math.round(pixels.width * scale));
    const height = Math.max(1, Math.round(pixels.height * scale));
    if (width < small.width || height < small.height) small = shrink(small, width, height);
    png = encode({ width, height, data: small.rgb, channels: 3, depth: 8 });
    if (png.length <= MOST_BYTES) break;
  }
  return { width: small.width, height: small.height, png: toBase64(png) };
}

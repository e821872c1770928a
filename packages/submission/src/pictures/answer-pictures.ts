import { sha256Hex } from '@labproof/core';
import type { CheckKinds, Lab } from '@labproof/lab';
import type { Answer } from '../answers/answer.ts';
import { answerTo } from '../answers/merge-answers.ts';
import { type ReadOrRefused, type Refusal, readOrRefuse } from '../refusal.ts';
import type { ImageFile } from '../files/image-files.ts';
import type { SubmissionFiles } from '../files/submission-files.ts';
import { type LocatedImage, findImage } from './find-image.ts';
import type { ImageContent } from './image-content.ts';
import { type PictureLook, looksSame } from './look.ts';
import { type ReadPicture, readPicture } from './read-image.ts';
import { submissionError } from '../errors.ts';

/** A picture that belongs to a question's answer: decoded, or refused with the reason. */
export interface AnswerPicture {
  readonly path: string;
  /** Said when it was found elsewhere than where the answer says. */
  readonly note: string | null;
  readonly content: ImageContent | null;
  readonly refused: Refusal | null;
  /** It is noise, or nothing is drawn on it; `null` where it may be a plot. */
  readonly pattern: PictureLook['pattern'];
  /** An earlier question that shows the same picture, from the same file or from one that looks the same. */
  readonly sameAs: string | null;
  /** Where its bytes are, for whoever shows it; absent where it was not found. */
  readonly image?: LocatedImage;
}

/** Enough for any answer; a bound on decoding. */
const MOST_PICTURES = 8;

/**
 * The pictures of every question that asks for a plot: those its answer shows, or else image files whose names
 * carry its number. Pictures that an earlier such question shows as well are marked.
 */
export function answerPictures(
  lab: Lab,
  kinds: CheckKinds,
  answers: readonly Answer[],
  images: readonly ImageFile[],
  files: SubmissionFiles,
): ReadonlyMap<string, readonly AnswerPicture[]> {
  const pictures = new Map<string, AnswerPicture[]>();
  const firstUse: {
    readonly question: string;
    readonly digest: string;
    readonly look: PictureLook | null;
  }[] = [];
  const decoded = rememberingReader();
  for (const question of lab.questions) {
    if (!question.checks.some((check) => kinds.needs(check, 'pictures'))) continue;
    const answer = answerTo(question, answers);
    const references = (answer?.images ?? []).slice(0, MOST_PICTURES).map((reference) => ({
      inPdf: reference.inPdf === true,
      name: reference.target.slice(0, 120),
      locate: () => findImage(reference, answer?.file ?? '', files),
    }));
    const named = images
      .filter(({ questions }) => questions.includes(question.id))
      .slice(0, MOST_PICTURES)
      .map(({ file }) => ({
        name: file.path,
        locate: (): LocatedImage => ({
          path: file.path,
          note: 'The answer does not show it; it was told by its name.',
          read: () => file.read(),
        }),
      }));
    // What may be in a PDF is asked for last: a file that says it is the plot can be looked at.
    const shown = references.filter(({ inPdf }) => !inPdf);
    const read = (shown.length > 0 ? shown : named.length > 0 ? named : references).map(
      ({ name, locate }) => {
        const { value, refused } = readOrRefuse(() => {
          const image = locate();
          const bytes = image.read();
          const digest = sha256Hex(bytes);
          return {
            image,
            digest,
            content: decoded(digest, bytes, image.path),
          };
        });
        if (value === null)
          return { path: name, note: null, content: null, pattern: null, refused, sameAs: null };
        const { image, digest, content } = value;
        const look = content.value?.look ?? null;
        const own = `question ${question.number}`;
        const first = firstUse.find(
          (other) =>
            other.digest === digest ||
            (look !== null && other.look !== null && looksSame(look, other.look)),
        );
        if (first === undefined) firstUse.push({ question: own, digest, look });
        return {
          path: image.path,
          note: image.note,
          image,
          content: content.value?.content ?? null,
          pattern: look?.pattern ?? null,
          refused: content.refused,
          sameAs: first === undefined || first.question === own ? null : first.question,
        };
      },
    );
    pictures.set(question.id, read);
  }
  return pictures;
}

/** Reads each picture once, however often it is shown, and no more than so many pixels of all of them together. */
function rememberingReader(): (
  digest: string,
  bytes: Uint8Array,
  path: string,
) => ReadOrRefused<ReadPicture> {
  const known = new Map<string, ReadOrRefused<ReadPicture>>();
  let pixels = 0;
  return (digest, bytes, path) => {
    const before = known.get(digest);
    if (before !== undefined) return before;
    const read = readOrRefuse(() => {
      if (pixels > MOST_PIXELS_TOGETHER) {
        throw submissionError('image-too-large', {
          message: `${path} was not looked at: the pictures before it have more than ${MOST_PIXELS_TOGETHER / 1e6} million pixels together.`,
          fix: 'Save the plots at about 1000 pixels across.',
        });
      }
      return readPicture(bytes, path);
    });
    pixels +=
      read.value === null ? bytes.length : read.value.content.width * read.value.content.height;
    known.set(digest, read);
    return read;
  };
}

/** Twenty photographs of a telephone. */
const MOST_PIXELS_TOGETHER = 240_000_000;

import type { ImageReference } from '../blocks/block.ts';
import { plainStem } from '../files/copy-mark.ts';
import type { SubmissionFiles } from '../files/submission-files.ts';
import { submissionError } from '../errors.ts';

/** The bytes that a picture in an answer refers to. */
export interface LocatedImage {
  /** Path in the submission, or words for a picture that is embedded in the text. */
  readonly path: string;
  /** Said when the file is not exactly where the answer says. */
  readonly note: string | null;
  read(): Uint8Array;
}

const MOST_BYTES = 24 * 2 ** 20;
const DATA_URI = /^data:image\/(?:png|jpe?g);base64,(?<content>[A-Za-z0-9+/=\s]*)$/u;

/**
 * Finds the file that an answer shows, inside the submission only. A file elsewhere in the submission with the same
 * name will do, with a note. Throws a student's error that names the path: `image-missing`, `image-remote`,
 * `image-embedded`, `image-in-pdf`.
 */
export function findImage(
  reference: ImageReference,
  answersPath: string,
  files: SubmissionFiles,
): LocatedImage {
  const { target } = reference;
  if (reference.inPdf === true) {
    throw submissionError('image-in-pdf', {
      message: `The answers are in ${target}, and pictures in a PDF are not read; the plot needs manual grading.`,
      fix: 'Hand in the plot as a PNG as well, or the answers as .ipynb, .Rmd, .html or .docx.',
    });
  }
  if (/^data:/iu.test(target)) return embedded(target);
  const shown = target.length > 120 ? `${target.slice(0, 120)}…` : target;
  if (/^[a-z][a-z\d+.-]+:/iu.test(target) || target.startsWith('//')) {
    throw submissionError('image-remote', {
      message: `The picture "${shown}" is not in the submission, and nothing outside of it is opened.`,
      fix: 'Put the picture into the submission and link to it by a relative path, such as plots/q3.png.',
    });
  }
  const folder = answersPath.split('/').slice(0, -1);
  const path = resolve(folder, target);
  const candidates = files.files.filter(({ bytes }) => bytes <= MOST_BYTES);
  const exact = candidates.find((file) => file.path === path);
  if (exact !== undefined) return { path: exact.path, note: null, read: () => exact.read() };
  const name = baseName(path ?? target).toLowerCase();
  const called = candidates.filter((file) => baseName(file.path).toLowerCase() === name);
  // Canvas, browsers and systems mark the second file of a name as a copy.
  const similar =
    called.length > 0
      ? called
      : candidates.filter((file) => withoutMark(baseName(file.path)) === withoutMark(name));
  const [only] = similar;
  if (similar.length !== 1 || only === undefined) {
    throw submissionError('image-missing', {
      message: `The answer shows the picture "${shown}", but ${similar.length === 0 ? 'no such file is' : 'several files of that name are'} in the submission.`,
      fix: 'Put the picture into the submission at exactly that path.',
    });
  }
  return {
    path: only.path,
    note: `The answer shows "${shown}"; the picture was found at ${only.path}.`,
    read: () => only.read(),
  };
}

/** A relative path against a folder; `null` when it leaves the submission. */
function resolve(folder: readonly string[], target: string): string | null {
  const parts = [...folder];
  for (const part of decoded(target).replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/').normalize('NFC');
}

function decoded(target: string): string {
  const plain = target.replace(/[?#].*$/su, '');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

function baseName(path: string): string {
  const plain = decoded(path).replaceAll('\\', '/');
  return plain.slice(plain.lastIndexOf('/') + 1).normalize('NFC');
}

/** In lower case, without the mark of a copy. */
function withoutMark(name: string): string {
  const dot = name.lastIndexOf('.');
  const end = dot < 0 ? name.length : dot;
  return `${plainStem(name.slice(0, end))}${name.slice(end)}`.toLowerCase();
}

function embedded(uri: string): LocatedImage {
  const content =
    uri.length <= 2 * MOST_BYTES ? DATA_URI.exec(uri)?.groups?.['content'] : undefined;
  if (content === undefined) {
    throw submissionError('image-embedded', {
      message: 'The picture that is embedded in the answers is neither a PNG nor a JPEG in base64.',
      fix: 'Save the plot as a PNG file and link to it.',
    });
  }
  return {
    path: 'the picture embedded in the answers',
    note: null,
    read: () => fromBase64(content),
  };
}

function fromBase64(content: string): Uint8Array {
  try {
    return Uint8Array.from(
      atob(content.replaceAll(/\s/gu, '')),
      (character) => character.codePointAt(0) ?? 0,
    );
  } catch {
    throw submissionError('image-embedded', {
      message:
        'The picture that is embedded in the answers is damaged: its base64 text is cut off or not base64.',
      fix: 'Save the plot as a PNG file and link to it.',
    });
  }
}

import { LabproofError } from '@labproof/core';
import { submissionError } from '../errors.ts';
import {
  arrangeFiles,
  assertWithinLimits,
  compareText,
  fileObjection,
  type LeftOut,
  type SubmissionFile,
  type SubmissionFiles,
  type SubmissionLimits,
} from './submission-files.ts';
import { zipContent } from './zip-content.ts';

interface Archive {
  readonly file: SubmissionFile;
  /** 1 for an archive that was handed in as a file, 2 for one in that. */
  readonly level: number;
}

/** What a `.keras` holds at its top: one that was renamed to `.zip`, or that a browser did, is the model all the same. */
const KERAS_MEMBERS = ['config.json', 'metadata.json', 'model.weights.h5'];

/**
 * The submission with what is in its .zips in their places: the files of `work.zip` as those of a folder `work`, or of
 * `work.zip` where there is such a folder already. The limits hold over all levels together; what is past them refuses
 * the submission, and so does nesting without end (`zip-nested`). An archive that cannot be read is left out by name.
 */
export async function withZipsOpened(
  listed: SubmissionFiles,
  limits: SubmissionLimits,
): Promise<SubmissionFiles> {
  if (!listed.files.some(isZip)) return listed;
  const files: SubmissionFile[] = [];
  const leftOut: LeftOut[] = [...listed.leftOut];
  const taken = new Set(listed.files.flatMap(({ path }) => foldersOf(path)));
  const total = { files: listed.files.length, bytes: 0 };
  for (const { bytes } of listed.files) total.bytes += bytes;
  const pending: Archive[] = [];
  const place = (file: SubmissionFile, level: number): void => {
    if (isZip(file)) pending.push({ file, level });
    else files.push(file);
  };
  for (const file of listed.files) place(file, 1);
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { file, level } = next;
    if (level > limits.zipLevels) throw tooNested(file.path, limits);
    const content = await contentOf(file, limits, total);
    if (content.why !== null) {
      leftOut.push({ path: file.path, why: content.why, unopened: true });
      continue;
    }
    total.files += content.files.length + content.leftOut.length;
    for (const { bytes } of content.files) total.bytes += bytes;
    assertWithinLimits(total.files, total.bytes, limits);
    if (isKeras(content.files)) {
      files.push({ ...file, path: file.path.replace(/(?:\.keras)?\.zip$/iu, '.keras') });
      continue;
    }
    const folder = freeFolder(file.path, taken);
    for (const found of content.leftOut) {
      leftOut.push({ ...found, path: `${folder}/${found.path}` });
    }
    for (const found of content.files.toSorted((a, b) => compareText(a.path, b.path))) {
      const path = `${folder}/${found.path}`;
      for (const outer of foldersOf(path)) taken.add(outer);
      const why = fileObjection(path, found.bytes, limits);
      if (why === null) place({ path, bytes: found.bytes, read: found.read }, level + 1);
      else leftOut.push({ path, why });
    }
  }
  const arranged = arrangeFiles(files, leftOut);
  const unwrapped = [listed.unwrapped, arranged.unwrapped].filter((folder) => folder !== null);
  return { ...arranged, unwrapped: unwrapped.length === 0 ? null : unwrapped.join('/') };
}

type Content =
  | {
      readonly files: readonly SubmissionFile[];
      readonly leftOut: readonly LeftOut[];
      readonly why: null;
    }
  | { readonly why: string };

/** What is in an archive, or why it cannot be read. Past the limits it throws, as the whole submission then is. */
async function contentOf(
  file: SubmissionFile,
  limits: SubmissionLimits,
  soFar: { readonly files: number; readonly bytes: number },
): Promise<Content> {
  try {
    const content = await zipContent(file.read(), limits, soFar);
    if (content.files.length === 0 && content.leftOut.length === 0) {
      return { why: 'it could not be opened: there is nothing in it' };
    }
    return { ...content, why: null };
  } catch (error) {
    if (!(error instanceof LabproofError) || error.code === 'submission-too-large') throw error;
    return { why: `it could not be opened: ${error.message}` };
  }
}

function isZip({ path }: SubmissionFile): boolean {
  return /\.zip$/iu.test(path);
}

function isKeras(files: readonly SubmissionFile[]): boolean {
  return KERAS_MEMBERS.every((member) => files.some(({ path }) => path === member));
}

/** `models` for `models.zip`; `models.zip` where something of that path is there already. */
function freeFolder(path: string, taken: ReadonlySet<string>): string {
  const folder = path.replace(/\.zip$/iu, '');
  return folder === '' || folder.endsWith('/') || taken.has(folder) ? path : folder;
}

/** The path itself and every folder on the way to it. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function tooNested(path: string, { zipLevels }: SubmissionLimits): LabproofError {
  return submissionError('zip-nested', {
    message: `${path} is a .zip in a .zip in a .zip: archives are opened ${zipLevels} levels deep, so none of the submission was read.`,
    fix: 'Put the files themselves into one .zip and hand that in.',
  });
}

import { lstatSync } from 'node:fs';
import { readLooseFile } from './folder.ts';
import type { HandInPart } from './hand-in.ts';
import { openSubmission } from './open-submission.ts';
import { readZipFile } from './zip-file.ts';
import {
  type ReadingLimits,
  type SubmissionFiles,
  arrangeFiles,
  assertWithinLimits,
} from '@labproof/submission';

/**
 * Opens the parts of one hand-in as one submission: folders and .zips with what is in them, loose files by the
 * names that their author gave them. Of two files with one path the first counts, and the other is listed.
 * Throws a student's error when a part cannot be read.
 */
export async function openHandIn(
  parts: readonly HandInPart[],
  limits: ReadingLimits,
): Promise<SubmissionFiles> {
  const opened: SubmissionFiles[] = [];
  for (const part of parts) opened.push(await openPart(part, limits));
  const [only] = opened;
  if (only !== undefined && opened.length === 1) return only;
  const files = opened.flatMap((part) => part.files);
  assertWithinLimits(
    files.length,
    files.reduce((sum, { bytes }) => sum + bytes, 0),
    limits.submission,
  );
  return arrangeFiles(
    files,
    opened.flatMap((part) => part.leftOut),
  );
}

async function openPart(
  { path, file, inside }: HandInPart,
  limits: ReadingLimits,
): Promise<SubmissionFiles> {
  if (inside === undefined) {
    return isLooseFile(path)
      ? readLooseFile(path, file, limits.submission)
      : openSubmission(path, limits);
  }
  const found = await readZipFile(path, limits.submission, inside);
  const name = inside.slice(inside.lastIndexOf('/') + 1);
  // A file by itself goes by the name that its author gave it and not by the platform's.
  return file === '' || isZipName(name)
    ? found
    : arrangeFiles(
        found.files.map((read) => ({ ...read, path: read.path === name ? file : read.path })),
        found.leftOut,
      );
}

function isZipName(name: string): boolean {
  return name.toLowerCase().endsWith('.zip');
}

/** What cannot be looked at is left to `openSubmission`, which says so. */
function isLooseFile(path: string): boolean {
  if (isZipName(path)) return false;
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

import { lstatSync } from 'node:fs';
import { readLooseFile } from './folder.ts';
import { openSubmission } from './open-submission.ts';
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
  parts: readonly { readonly path: string; readonly file: string }[],
  limits: ReadingLimits,
): Promise<SubmissionFiles> {
  const opened: SubmissionFiles[] = [];
  for (const { path, file } of parts) {
    opened.push(
      isLooseFile(path)
        ? readLooseFile(path, file, limits.submission)
        : await openSubmission(path, limits),
    );
  }
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

/** What cannot be looked at is left to `openSubmission`, which says so. */
function isLooseFile(path: string): boolean {
  if (path.toLowerCase().endsWith('.zip')) return false;
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

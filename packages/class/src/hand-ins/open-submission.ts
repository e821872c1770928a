import { reasonOf } from '@labproof/core';
import { lstatSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import {
  DEFAULT_LIMITS,
  type ReadingLimits,
  type SubmissionFiles,
  withZipsOpened,
} from '@labproof/submission';
import { readFolder } from './folder.ts';
import { readZipFile } from './zip-file.ts';
import { classError } from '../errors.ts';

/**
 * Opens a submission: a folder or a .zip, with what is in the .zips in it.
 * Throws a student's error when it is neither, when it is a link, or when it cannot be read.
 */
export async function openSubmission(
  path: string,
  { submission: limits }: ReadingLimits = DEFAULT_LIMITS,
): Promise<SubmissionFiles> {
  let status: Stats;
  try {
    status = lstatSync(path);
  } catch (error) {
    throw classError('submission-unreadable', {
      message: `The submission ${basename(path)} cannot be opened: ${reasonOf(error)}.`,
      fix: 'Check that it is there and may be read.',
    });
  }
  if (status.isDirectory()) return withZipsOpened(readFolder(path, limits), limits);
  if (status.isFile() && path.toLowerCase().endsWith('.zip')) return readZipFile(path, limits);
  throw classError('submission-unreadable', {
    message: status.isSymbolicLink()
      ? `${basename(path)} is a link, and links are not followed.`
      : `${basename(path)} is neither a folder nor a .zip file.`,
    fix: 'Hand in a folder or a .zip with answers.md and the models in it.',
  });
}

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { instructorError, reasonOf } from '../refusal.ts';

/** A file to write, its path relative to the output folder. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes files together: all of them are first written beside their places, and only when every byte is on the
 * disk are they renamed into them. A full disk or a read-only folder leaves what was there before and no half file.
 */
export function writeFilesTogether(folder: string, files: readonly OutputFile[]): void {
  const staged: { from: string; to: string }[] = [];
  try {
    for (const { path, content } of files) {
      const to = join(folder, path);
      const from = `${to}.part`;
      mkdirSync(dirname(to), { recursive: true });
      staged.push({ from, to });
      writeFileSync(from, content, { flush: true });
    }
    for (const { from, to } of staged) renameSync(from, to);
  } catch (error) {
    for (const { from } of staged) discard(from);
    throw outputError(folder, error);
  }
}

/** Removes a staged file; that this fails too must not hide why writing failed. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What stands there was not ours.
  }
}

/** Makes sure that results can be written later, before the time for grading is spent. */
export function assertWritable(folder: string): void {
  const probe = join(folder, '.labproof-write-test');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw outputError(folder, error);
  }
}

export function outputError(folder: string, error: unknown): Error {
  const full =
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return instructorError(
    full ? 'output-disk-full' : 'output-not-writable',
    full
      ? `The disk is full: the results do not fit into ${folder}.`
      : `The results cannot be written to ${folder}: ${reasonOf(error)}.`,
    full
      ? 'Free some space and run the command again.'
      : 'Choose another output folder, or make this one writable.',
    error,
  );
}

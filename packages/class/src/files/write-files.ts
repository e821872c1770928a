import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StagedFiles, outputError } from './staged-files.ts';

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
  const staged = new StagedFiles(folder);
  try {
    for (const { path, content } of files) staged.add(path, content);
    staged.commit();
  } finally {
    staged.discard();
  }
}

/** `writeFilesTogether` that lets others work while the disk does: for many small sets of files side by side. */
export async function writeFilesBesideOthers(
  folder: string,
  files: readonly OutputFile[],
): Promise<void> {
  const staged = files.map(({ path, content }) => {
    const to = join(folder, path);
    return { from: `${to}.part`, to, content };
  });
  try {
    for (const { from, content } of staged) {
      await mkdir(dirname(from), { recursive: true });
      await writeFile(from, content, { flush: true });
    }
    for (const { from, to } of staged) await rename(from, to);
  } catch (error) {
    await Promise.allSettled(staged.map(({ from }) => rm(from, { force: true })));
    throw outputError(folder, error);
  }
}

/** Throws an instructor's error where something that is no folder stands at the place of the results. */
export function assertNoFileAt(folder: string): void {
  let isFile: boolean;
  try {
    isFile = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch (error) {
    throw outputError(folder, error);
  }
  if (isFile) throw outputError(folder, new Error('it is a file and no folder'));
}

/** Makes sure that results can be written later, before the time for grading is spent. */
export function assertWritable(folder: string): void {
  assertNoFileAt(folder);
  const probe = join(folder, '.labproof-write-test');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw outputError(folder, error);
  }
}

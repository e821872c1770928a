import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CLASS_FILE, isClassFile, readClassFile } from '@labproof/class';
import { cliError } from '../errors.ts';
import type { Context } from '../program/context.ts';

/** Where a class's file is looked for when a command names no folder: here, and in what the examples call the results. */
const LOOKED_IN = ['.', 'graded'] as const;

/**
 * The file of a class that a command means: of the folder that it names, or of the file itself; without a name of this
 * folder or of `graded` in it. `null` where there is none.
 */
export function classFileAt(named: string | undefined): string | null {
  const places =
    named === undefined
      ? LOOKED_IN.map((folder) => join(folder, CLASS_FILE))
      : basename(named) === CLASS_FILE
        ? [named]
        : [join(named, CLASS_FILE)];
  return places.find(isClassFile) ?? null;
}

/**
 * The folder of results that a command means: the one that it names, else that of the class's file. Throws
 * `class-not-found` where neither is there.
 */
export function gradedFolderOf(named: string | undefined): string {
  const file = classFileAt(named);
  if (file !== null) {
    const { out } = readClassFile(file);
    return out === undefined || resolve(out) === resolve(dirname(file)) ? dirname(file) : out;
  }
  if (named !== undefined) return named;
  if (existsSync('grades.json')) return '.';
  throw classNotFound();
}

/** Opens the labs of one's own that a class was graded with, so that its pages can be made again. */
export function openLabsOf(context: Context, directory: string, named?: string): void {
  // The file of a class may lie elsewhere than its results: where the command was pointed.
  const file = classFileAt(named) ?? classFileAt(directory);
  if (file === null) return;
  for (const folder of [readClassFile(file).labs ?? []].flat()) context.labs.open(folder);
}

export function classNotFound(): Error {
  return cliError('class-not-found', {
    message: `Neither this folder nor "graded" in it holds a class (${CLASS_FILE}).`,
    fix: 'Name the folder of the results, or grade the class once: labproof grade DOWNLOAD --lab LAB --out graded --roster FILE.',
  });
}

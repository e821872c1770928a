import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { clauseOf, type LabproofError } from '@labproof/core';
import {
  compareNames,
  INTRODUCTION_FILE,
  isLabFile,
  LAB_FILES,
  LAB_FOLDERS,
  type LabFolder,
} from '@labproof/lab';
import { exerciseErrors } from './exercise-errors.ts';

/** Whether a folder is one of a lab. */
function isLabFolder(folder: string): boolean {
  return entriesOf(folder).some(({ name }) => LAB_FILES.some((file) => file === name));
}

/** The folders of labs that a folder is or holds, by name; `lab-folder-empty` where there is none. */
export function labFoldersIn(folder: string): readonly string[] {
  if (isLabFolder(folder)) return [folder];
  const folders = entriesOf(folder)
    .filter((entry) => !entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
    .filter((inner) => isFolder(inner) && isLabFolder(inner))
    .toSorted(compareNames);
  if (folders.length > 0) return folders;
  throw exerciseErrors.error('lab-folder-empty', {
    message: `Neither ${folder} nor a folder in it holds a ${LAB_FILES[0]} or lab.json.`,
    fix: "Name a lab's folder, or the folder that holds the folders of labs.",
  });
}

/** Reads the files that make a lab, and nothing else of its folder. */
export function readLabFolder(folder: string): LabFolder {
  const entries = entriesOf(folder).map(({ name }) => name);
  const files = [...LAB_FILES, INTRODUCTION_FILE].filter((name) => entries.includes(name));
  for (const inner of LAB_FOLDERS.filter((name) => entries.includes(name))) {
    const names = entriesOf(join(folder, inner)).map(({ name }) => name);
    files.push(...names.filter((name) => isLabFile(inner, name)).map((name) => `${inner}/${name}`));
  }
  return {
    name: basename(resolve(folder)),
    files: new Map(files.map((file) => [file, read(join(folder, file))])),
    entries,
  };
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): LabproofError {
  return exerciseErrors.error('lab-file-unreadable', {
    message: `${file} cannot be read: ${clauseOf(error)}.`,
    fix: 'Name the folder of a lab, or one that holds labs, and see that you may read it.',
    cause: error,
  });
}

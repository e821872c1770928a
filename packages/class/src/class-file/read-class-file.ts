import { lstatSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type LabproofError, reasonOf } from '@labproof/core';
import { problemText, readYaml } from '@labproof/lab';
import { classError } from '../errors.ts';
import { ClassFileSchema, type ClassSettings, mapPaths } from './class-file-schema.ts';

/** Whether there is a file of a class at a path. A link is none: it could lead anywhere. */
export function isClassFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    // Not there, below a file, or in a folder that may not be looked into: whoever needs it says so.
    return false;
  }
}

/**
 * Reads what a class is graded with; its paths come back absolute. Throws one instructor's `class-file-invalid` that
 * lists everything that is wrong with line and column.
 */
export function readClassFile(path: string): ClassSettings {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw invalid(path, [`it cannot be read: ${reasonOf(error)}`], error);
  }
  const { value, problems } = readYaml(basename(path), text, ClassFileSchema);
  if (value === null) throw invalid(path, problems.map(problemText));
  const folder = dirname(resolve(path));
  return mapPaths(value, (written) => resolve(folder, written));
}

function invalid(path: string, problems: readonly string[], cause?: unknown): LabproofError {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return classError('class-file-invalid', {
    message: `${path} has ${count}:${problems.map((problem) => `\n  - ${problem}`).join('')}`,
    fix: 'Correct these places; docs/grading-a-class.md lists what can stand there.',
    ...(cause === undefined ? {} : { cause }),
  });
}

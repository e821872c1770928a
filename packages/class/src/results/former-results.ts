import { reasonOf } from '@labproof/core';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { GradesFile, type WrittenGrade } from './grades-file.ts';

/** The results that stand in an output folder, to be compared with new ones. Close it when done; closing twice does no harm. */
export interface FormerResults {
  /** Whose grades there are. */
  readonly students: readonly string[];
  /** Why they could not be read; `null` where they could, or where there are none. */
  readonly problem: string | null;
  /** A student's grade as it was written, fields in their own order; `null` where there is none. */
  read(student: string): WrittenGrade | null;
  close(): void;
}

/** Opens `grades.json` of an earlier grading. What cannot be read is said, and stops nothing. */
export function openFormerResults(out: string): FormerResults {
  const path = join(out, 'grades.json');
  if (!existsSync(path)) return noResults(null);
  try {
    const file = new GradesFile(path);
    return {
      students: file.students,
      problem: null,
      read: (student) => file.read(student),
      close: () => file.close(),
    };
  } catch (error) {
    const why = error instanceof z.ZodError ? 'another version wrote it' : reasonOf(error);
    return noResults(`${path} cannot be compared with the new grades: ${why}.`);
  }
}

/** Why a folder that was named has no results, in a sentence. */
export function noGradesText(folder: string): string {
  return existsSync(folder)
    ? `${folder} holds no grades (no grades.json).`
    : `There is no folder ${folder}.`;
}

function noResults(problem: string | null): FormerResults {
  return { students: [], problem, read: () => null, close: () => undefined };
}

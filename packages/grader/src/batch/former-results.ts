import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Grade, GradeSchema } from '../grade.ts';
import { reasonOf } from '../refusal.ts';

/** The results that stand in an output folder, to be compared with new ones. */
export interface FormerResults {
  /** As they were written, fields in their own order. */
  readonly grades: readonly Grade[];
  /** Why they could not be read; `null` where they could, or where there are none. */
  readonly problem: string | null;
}

/** Reads `grades.json` of an earlier grading. What cannot be read is said, and stops nothing. */
export function readFormerResults(out: string): FormerResults {
  const path = join(out, 'grades.json');
  if (!existsSync(path)) return { grades: [], problem: null };
  try {
    const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
    assertGrades(document);
    return { grades: document, problem: null };
  } catch (error) {
    const why = error instanceof z.ZodError ? 'another version wrote it' : reasonOf(error);
    return { grades: [], problem: `${path} cannot be compared with the new grades: ${why}.` };
  }
}

function assertGrades(document: unknown): asserts document is Grade[] {
  z.array(GradeSchema).parse(document);
}

import type { Grade } from '@labproof/grader';
import { DEFAULT_LIMITS, type SubmissionFiles, submissionDigest } from '@labproof/submission';
import type { HandIn } from './hand-in.ts';
import { listSubmissions } from './list-submissions.ts';
import { openHandIn } from './open-hand-in.ts';

/** Finds what was handed in again, for whoever looks at it beside its grade. */
export interface HandedIn {
  /** The files that a grade is of; `null` where they are not there any more, or are others. */
  filesOf(grade: Grade): Promise<SubmissionFiles | null>;
}

/**
 * Looks for hand-ins where a class was graded from. Whose one is, its digest alone says: a class list may have given its
 * author another id since. Throws what `listSubmissions` throws, at the first question.
 */
export function handedIn(paths: readonly string[], out: string): HandedIn {
  let listed: Promise<readonly HandIn[]> | null = null;
  return {
    filesOf: async (grade) => {
      listed ??= listSubmissions(paths, out).then(({ entries }) => entries);
      for (const { parts } of likely(await listed, grade)) {
        const files = await openHandIn(parts, DEFAULT_LIMITS).catch(() => null);
        if (files !== null && submissionDigest(files) === grade.provenance.submissionDigest) {
          return files;
        }
      }
      return null;
    },
  };
}

/** Hand-ins that may be a student's: of the same id, or of the same upload. All would be opened for nothing. */
function likely(entries: readonly HandIn[], { student, name, handIn }: Grade): HandIn[] {
  const uploads = new Set(handIn?.uploads ?? []);
  return entries.filter(
    (entry) =>
      entry.student === student ||
      (name !== null && entry.name === name) ||
      entry.uploads.some((upload) => uploads.has(upload)),
  );
}

import { LabproofError } from '@labproof/core';
import { z } from 'zod';

/** Why something could not or must not be read, and what its author can do. */
export const RefusalSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  fix: z.string(),
});
export type Refusal = z.infer<typeof RefusalSchema>;

/** An error about something that was handed in: the student's to mend. */
export function studentError(code: string, message: string, fix: string): LabproofError {
  return new LabproofError({ code, owner: 'student', message, fix });
}

/** An error about how the grader was called or about the instructor's own files. */
export function instructorError(
  code: string,
  message: string,
  fix: string,
  cause?: unknown,
): LabproofError {
  return new LabproofError({ code, owner: 'instructor', message, fix, cause });
}

/** The part of an error that goes into a grade. */
export function refusalOf(error: LabproofError): Refusal {
  return { code: error.code, message: error.message, fix: error.fix };
}

/** What any thrown value says, for messages. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What was read, or why it was refused. */
export type ReadOrRefused<T> =
  | { readonly value: T; readonly refused: null }
  | { readonly value: null; readonly refused: Refusal };

/**
 * Runs `read`; a student's error becomes a refusal. So does what a reader throws without meaning to (a range, a type, the
 * end of the stack): bytes brought it there, and they must not look like our fault, stop a class or keep its points from
 * being exported. An instructor's error and one of ours, which are meant, are thrown on.
 */
export function readOrRefuse<T>(read: () => T): ReadOrRefused<T> {
  try {
    return { value: read(), refused: null };
  } catch (error) {
    return refusedOnly(error);
  }
}

/** `readOrRefuse` for readers that have to wait. */
export async function readOrRefuseLater<T>(read: () => Promise<T>): Promise<ReadOrRefused<T>> {
  try {
    return { value: await read(), refused: null };
  } catch (error) {
    return refusedOnly(error);
  }
}

/** Characters of what a library says about a file. */
const MOST_OF_A_REASON = 200;

function refusedOnly(error: unknown): { value: null; refused: Refusal } {
  if (!(error instanceof LabproofError)) {
    return {
      value: null,
      refused: {
        code: 'reader-failed',
        message: `It could not be read to its end: ${reasonOf(error).slice(0, MOST_OF_A_REASON)}.`,
        fix: 'Save it again and hand that in; where it opens elsewhere, show it to your instructor.',
      },
    };
  }
  if (error.owner === 'student') return { value: null, refused: refusalOf(error) };
  throw error;
}

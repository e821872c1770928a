import { LabproofError, reasonOf } from '@labproof/core';
import { z } from 'zod';
import { submissionErrors } from './errors.ts';

/** Why something could not or must not be read, and what its author can do. */
export const RefusalSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  fix: z.string(),
});
export type Refusal = z.infer<typeof RefusalSchema>;

/** The part of an error that goes into a grade. */
export function refusalOf(error: Pick<LabproofError, 'code' | 'message' | 'fix'>): Refusal {
  return { code: error.code, message: error.message, fix: error.fix };
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
      refused: submissionErrors.remark('reader-failed', {
        message: `It could not be read to its end: ${reasonOf(error).slice(0, MOST_OF_A_REASON)}.`,
        fix: 'Save it again and hand that in; where it opens elsewhere, show it to your instructor.',
      }),
    };
  }
  if (error.owner === 'student') return { value: null, refused: refusalOf(error) };
  throw error;
}

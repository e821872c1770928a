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

/** Runs `read`; a student's error becomes a refusal, everything else is thrown on. */
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

function refusedOnly(error: unknown): { value: null; refused: Refusal } {
  if (error instanceof LabproofError && error.owner === 'student') {
    return { value: null, refused: refusalOf(error) };
  }
  throw error;
}

import { LabproofError } from '@labproof/core';
import type { Refusal } from './grade.ts';

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

/** Runs `read`; a student's error becomes a refusal, everything else is thrown on. */
export function readOrRefuse<T>(
  read: () => T,
): { value: T; refused: null } | { value: null; refused: Refusal } {
  try {
    return { value: read(), refused: null };
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'student') {
      return { value: null, refused: refusalOf(error) };
    }
    throw error;
  }
}

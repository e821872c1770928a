import type { Refusal } from '../refusal.ts';
import { submissionErrors } from '../errors.ts';

/** Several files that could be one and the same thing, and are not: nobody but a person can tell which of them counts. */
export function versionsDiffer(what: string, paths: readonly string[]): Refusal {
  return submissionErrors.remark('versions-differ', {
    message: `${paths.join(' and ')} could each be ${what}, and they differ, so none of them was taken; which one counts needs manual grading.`,
    fix: 'Hand in one of them, or name it in submission.json.',
  });
}

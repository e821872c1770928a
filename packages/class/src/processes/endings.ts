import { type Limits, type Refusal, type SetAside, readingLimits } from '@labproof/submission';
import { classErrors } from '../errors.ts';

/** After so many files that end a process, no more of a submission is tried. */
export const MOST_SET_ASIDE = 3;

/** How whoever graded a submission came to an end before it was graded. */
export type Ending =
  | { readonly kind: 'died'; readonly how: string }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'overworked' }
  | { readonly kind: 'late'; readonly seconds: number };

/** What grading may take. */
interface GradingBounds {
  /** MiB of memory. */
  readonly memoryLimit: number;
  readonly limits: Limits;
}

/** What a file took that ended its process; `null` where that may be the machine's fault. */
export function tookTooMuch(ending: Ending, { memoryLimit, limits }: GradingBounds): string | null {
  switch (ending.kind) {
    case 'out-of-memory':
      return `more than ${memoryLimit} MiB of memory`;
    case 'overworked':
      return `more than ${readingLimits(limits).submission.readingSeconds} seconds of processor time`;
    default:
      return null;
  }
}

/** Of a submission that was given up after so many files. */
export function tooManyUnread(setAside: readonly SetAside[]): Refusal {
  return classErrors.remark('submission-takes-too-much', {
    message: `Reading ${setAside.map(({ path, took }) => `${path} took ${took}`).join(', ')}, and other files took as much, so the submission was set aside.`,
    fix: 'Hand in the answers, models and plots again without large data; for the instructor: grade this submission by hand.',
  });
}

/** Why there is no grade. */
export function problemOf(ending: Ending, { memoryLimit }: GradingBounds): Refusal {
  switch (ending.kind) {
    case 'late':
      return classErrors.remark('time-limit', {
        message: `Grading was stopped after ${ending.seconds} seconds without a result, so there is no score.`,
        fix: 'Grade this submission again alone and with a higher time limit; if it stops again, grade it by hand.',
      });
    case 'overworked':
      return classErrors.remark('time-limit', {
        message: `Grading was stopped because reading took too much processor time, so there is no score.`,
        fix: 'Grade this submission by hand, and report the fault with it.',
      });
    case 'out-of-memory':
      return classErrors.remark('memory-limit', {
        message: `Grading was stopped because it needed more than ${memoryLimit} MiB of memory, so there is no score.`,
        fix: 'Grade this submission again alone and with a higher memory limit; if it stops again, grade it by hand.',
      });
    case 'died':
      return classErrors.remark('grading-process-died', {
        message: `The process that graded this submission ended unexpectedly (${ending.how}), so there is no score.`,
        fix: 'Grade this submission again with --jobs 1; if memory is short, close other programs.',
      });
  }
}

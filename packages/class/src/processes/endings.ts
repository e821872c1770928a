import { type Limits, type Refusal, type SetAside, readingLimits } from '@labproof/submission';
import type { StoppedWork, WorkPiece } from '@labproof/grader';
import { classErrors } from '../errors.ts';

/** After so many files or pieces of work that end a process, no more of a submission is tried. */
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

/** What a file, a check or an evaluation took that ended its process; `null` where the process ended otherwise. */
export function tookTooMuch(ending: Ending, { memoryLimit, limits }: GradingBounds): string | null {
  switch (ending.kind) {
    case 'out-of-memory':
      return `more than ${memoryLimit} MiB of memory`;
    case 'overworked':
      return `more than ${readingLimits(limits).submission.readingSeconds} seconds of processor time`;
    case 'late':
      return `more than the ${ending.seconds} seconds that grading may take`;
    case 'died':
      return null;
  }
}

/** Of a submission that was given up after so much; `ended` says what came before, if anything did. */
export function takesTooMuch(ended: readonly (SetAside | StoppedWork)[]): Refusal {
  const told = ended.map(
    (work) => `${'path' in work ? work.path : pieceName(work.piece)} took ${work.took}`,
  );
  return classErrors.remark('submission-takes-too-much', {
    message:
      told.length === 0
        ? 'Reading the files of this submission took more processor time than all of them together may, so it was set aside and needs manual grading.'
        : `${told.join(', ')}, and more of this submission took as much, so it was set aside and needs manual grading.`,
    fix: 'Hand in the answers, models and plots again without large data; for the instructor: grade this submission by hand, or on a busy machine again with higher limits.',
  });
}

function pieceName(piece: WorkPiece): string {
  return piece.kind === 'check'
    ? `a check of ${piece.question}`
    : `the evaluation of ${piece.path}`;
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

import { classErrors, type Ending } from '@labproof/class/browser';
import type { Refusal } from '@labproof/submission';

/** What somebody can do on a page about what went wrong, by the code of the catalogue: there is no command to run again. */
const FIXES: Readonly<Record<string, string>> = {
  'grading-failed':
    'It is no fault of yours. Hand in as you meant to, and tell your instructor what stands here.',
  'grading-process-died':
    'Close other pages and programs, load this page again and check again. If it happens again, hand in as you meant to, and tell your instructor.',
  'time-limit':
    'Close other pages and programs and check again. If it stops again, hand in as you meant to, and tell your instructor.',
};

/** A problem with what can be done about it here; of others nothing is changed. */
export function inBrowser(problem: Refusal): Refusal {
  const fix = FIXES[problem.code];
  return fix === undefined ? problem : { ...problem, fix };
}

/** How a check may end in a browser, which lets nobody measure its memory. */
export type EndingHere = Exclude<Ending, { readonly kind: 'out-of-memory' }>;

/** Why a check came to no result. */
export function problemHere(ending: EndingHere): Refusal {
  switch (ending.kind) {
    case 'died':
      return inBrowser(
        classErrors.remark('grading-process-died', {
          message: `Your browser ended the check before there was a result (${ending.how}).`,
          fix: '',
        }),
      );
    case 'late':
      return inBrowser(
        classErrors.remark('time-limit', {
          message: `The check was stopped after ${ending.seconds} seconds without a result.`,
          fix: '',
        }),
      );
    case 'overworked':
      return inBrowser(
        classErrors.remark('time-limit', {
          message: 'The check was stopped because reading took too long.',
          fix: '',
        }),
      );
  }
}

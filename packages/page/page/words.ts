import { classErrors } from '@labproof/class/browser';
import type { Refusal } from '@labproof/submission';

/** What somebody can do on a page about what went wrong, by the code of the catalogue: there is no command to run again. */
const FIXES: Readonly<Record<string, string>> = {
  'grading-failed':
    'It is no fault of yours. Hand in as you meant to, and tell your instructor what stands here.',
  'grading-process-died':
    'Close other pages and programs, load this page again and check again. If it happens again, hand in as you meant to, and tell your instructor.',
  'submission-takes-too-much':
    'Leave large data out. On a slow or busy computer close other pages and programs and check again: grading may have more time than this page.',
  'time-limit':
    'Close other pages and programs and check again. If it stops again, hand in as you meant to, and tell your instructor.',
};

/** A problem with what can be done about it here; of others nothing is changed. */
export function inBrowser(problem: Refusal): Refusal {
  const fix = FIXES[problem.code];
  return fix === undefined ? problem : { ...problem, fix };
}

/** How a check may end in a browser, which lets nobody measure its memory or the time of its processor. */
export type EndingHere =
  /** One file took too long to read. */
  | { readonly kind: 'overworked'; readonly seconds: number }
  /** All of it took too long. */
  | { readonly kind: 'late'; readonly seconds: number }
  /** The browser ended it. */
  | { readonly kind: 'died'; readonly how: string };

/** What was too much, to follow "it took"; `null` where the time was not. */
export function tookHere(ending: EndingHere): string | null {
  switch (ending.kind) {
    case 'overworked':
      return `more than ${ending.seconds} seconds on this computer`;
    case 'late':
      return `more than the ${ending.seconds} seconds of a check on this computer`;
    case 'died':
      return null;
  }
}

/** Why models were not tried to the end. */
export function whyStopped(ending: EndingHere): string {
  return ending.kind === 'died'
    ? `your browser ended it (${ending.how})`
    : `it took ${tookHere(ending)}`;
}

/** Why a check came to no result. */
export function problemHere(ending: EndingHere): Refusal {
  if (ending.kind === 'died') {
    return inBrowser(
      classErrors.remark('grading-process-died', {
        message: `Your browser ended the check before there was a result (${ending.how}).`,
        fix: '',
      }),
    );
  }
  return inBrowser(
    classErrors.remark('time-limit', {
      message: `The check was stopped without a result: it took ${tookHere(ending)}.`,
      fix: '',
    }),
  );
}

import type { Bands } from '@labproof/core';
import type { ToleranceBound } from '@labproof/core/statistics';
import { formatCount, formatPercent } from '@labproof/submission';
import type { Evaluation } from '../../evaluation/evaluation.ts';

/** How an accuracy lies to what runs of the recipe reach. */
export type Suspicion = 'none' | 'above-band' | 'test-images-memorised';

/**
 * An accuracy from which at least this share of the errors that remain at the upper bound is gone is out of the
 * recipe's reach and not a lucky seed.
 */
const ERRORS_GONE = 0.5;

/**
 * Whether an accuracy is more than the recipe lets expect. `test-images-memorised`: at most half of the errors are
 * left that the best runs of this recipe make, which no seed does, but a model that has seen the test images does.
 */
export function suspicionOf(accuracy: number, bands: Bands): Suspicion {
  const upper = bands.test.accuracyUpper.value;
  if (accuracy <= upper) return 'none';
  const errors = Math.min(1 - upper, 1 - bands.test.accuracy.max);
  return 1 - accuracy <= ERRORS_GONE * errors ? 'test-images-memorised' : 'above-band';
}

/** What is remarkable about an accuracy, and what it does not prove. */
export function suspicionMessage(
  suspicion: Exclude<Suspicion, 'none'>,
  { accuracy, misclassified }: Evaluation,
  bands: Bands,
): string {
  const upper = bands.test.accuracyUpper.value;
  const reached = `The model classifies ${formatPercent(accuracy)} of the test images correctly, and ${bands.n} reference runs of its recipe let expect ${formatPercent(upper)} at most`;
  return suspicion === 'above-band'
    ? `${reached}. Training may have differed from the recipe; this needs manual grading.`
    : `${reached}: only ${formatCount(misclassified)} mistakes are left, less than half of what the best runs make. Models that were trained on the test images look like this; so does another recipe. This needs manual grading.`;
}

/** Whoever hands in the best of so many runs reaches the bound so many times as often. */
const BEST_OF = 5;

/** How often an honest model lies above an upper bound: a single run, and the best of several. */
export function falseAlarmsAbove({ coverage, confidence, n }: ToleranceBound): string {
  const share = (value: number): string => `${Number((100 * value).toFixed(1))} %`;
  return `at most ${share(1 - coverage)} of honest runs lie above this bound, with ${(100 * confidence).toFixed(0)} % confidence (n = ${n}); of students who hand in the best of ${BEST_OF} runs, at most ${share(1 - coverage ** BEST_OF)}`;
}

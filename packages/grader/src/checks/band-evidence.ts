import { type Bands, type ToleranceBound, boundOrigin } from '@labproof/core';
import type { Evaluation, Evidence } from '../grade.ts';
import { formatDecimal } from '../format.ts';
import { instructorError } from '../refusal.ts';
import type { CheckContext } from './check.ts';

/** The measured bounds of the question's exercise. Throws an instructor's error where none were measured. */
export function bandsOf({ exercise }: CheckContext): Bands {
  if (exercise?.bands === null || exercise?.bands === undefined) {
    throw instructorError(
      'lab-not-calibrated',
      `The lab has no measured bounds for ${exercise?.id ?? 'this exercise'} yet, so no accuracy can be judged.`,
      `Run "labproof calibrate" for ${exercise?.id ?? 'the exercise'} and grade again.`,
    );
  }
  return exercise.bands;
}

/** Accuracy and mistakes of a model on the test set. */
export function measured(evaluation: Evaluation): Evidence[] {
  return [
    {
      kind: 'measurement',
      label: `Test accuracy (pixels scaled ${evaluation.scale})`,
      value: evaluation.accuracy,
      unit: 'accuracy',
    },
    {
      kind: 'measurement',
      label: 'Misclassified test images',
      value: evaluation.misclassified,
      unit: 'count',
    },
  ];
}

/** A measured bound with its n, coverage, confidence and origin. */
export function boundEvidence(label: string, bound: ToleranceBound, bands: Bands): Evidence {
  const { mean, sd } = bands.test.accuracy;
  const quick =
    bands.length === 'quick' ? '; measured in a shortened mode, for demonstration only' : '';
  return {
    kind: 'bound',
    label,
    value: bound.value,
    unit: 'accuracy',
    side: bound.side,
    source: `${bound.k === null ? 'distribution-free' : 'normal'} tolerance bound of reference runs with mean ${formatDecimal(mean)} and standard deviation ${formatDecimal(sd)} (${boundOrigin(bound)}${quick})`,
    n: bound.n,
    coverage: bound.coverage,
    confidence: bound.confidence,
  };
}

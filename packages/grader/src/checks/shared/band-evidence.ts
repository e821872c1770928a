import type { Bands } from '@labproof/core';
import { type ToleranceBound, boundOrigin } from '@labproof/core/statistics';
import type { Evaluation } from '../../evaluation/evaluation.ts';
import type { Evidence } from '../../grade/evidence.ts';
import {
  describeNormalization,
  formatCount,
  formatDecimal,
  formatPercent,
} from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';

/** Accuracy and mistakes of a model on the test set. */
export function measured(evaluation: Evaluation): Evidence[] {
  return [
    {
      kind: 'measurement',
      label: `Test accuracy (${scalingOf(evaluation)})`,
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

/** How the pixels became inputs, in words. */
function scalingOf({ scale, inputs }: Evaluation): string {
  if (inputs === undefined) return `pixels scaled ${scale}`;
  const { from, tried, images } = inputs;
  const way = `pixels by ${describeNormalization(inputs)}`;
  if (from === 'code' && tried === 1) return `${way}, as the code says`;
  const ways = from === 'code' ? `of ${tried} ways in the code` : `of ${tried} usual ways`;
  return `${way}, ${ways} the one with the smallest loss on the first ${formatCount(images)} images`;
}

/** Verdict on a model whose exercise nobody has measured: its accuracy for a person to judge, and no points decided. */
export function withoutBands({ exercise, dataset }: CheckContext, evaluation: Evaluation): Verdict {
  return {
    outcome: 'needs-review',
    message: `The model classifies ${formatPercent(evaluation.accuracy)} of the ${formatCount(dataset().test.count)} test images correctly. No reference runs of ${exercise?.id ?? 'this exercise'} were measured yet, so a person decides whether that is enough.`,
    advice: `For the instructor: run "labproof calibrate" for ${exercise?.id ?? 'the exercise'} and grade again.`,
    evidence: measured(evaluation),
  };
}

/** The bound that an accuracy has to reach, from the bands or by itself; `null` where none was measured. */
export function passMarkOf({ exercise }: CheckContext): ToleranceBound | null {
  return exercise?.bands?.test.accuracyLower ?? exercise?.passMark ?? null;
}

const KINDS = {
  free: 'distribution-free',
  normal: 'normal',
  pooled: 'normal (spread of sister exercises)',
} as const;

function kindOf({ k, spreadFrom }: ToleranceBound): keyof typeof KINDS {
  if (k === null) return 'free';
  return spreadFrom === 'pooled' ? 'pooled' : 'normal';
}

/** What a pass mark and the zone around it decide about an accuracy. Bounds of older bands have no zone. */
export type Decision = 'sure' | 'passed-but-unsure' | 'missed-but-unsure' | 'lost';

/** Below the zone nothing is given, above it everything; in it the runs cannot tell honest models from worse ones. */
export function decide(accuracy: number, { value, zone }: ToleranceBound): Decision {
  const { lostBelow, sureFrom } = zone ?? { lostBelow: value, sureFrom: value };
  if (accuracy >= sureFrom && accuracy >= value) return 'sure';
  if (accuracy < lostBelow) return 'lost';
  return accuracy >= value ? 'passed-but-unsure' : 'missed-but-unsure';
}

/** A measured bound with its n, coverage, confidence and origin. */
export function boundEvidence(label: string, bound: ToleranceBound, bands: Bands | null): Evidence {
  const quick =
    bands?.length === 'quick' ? '; measured in a shortened mode, for demonstration only' : '';
  const spread =
    bands === null
      ? ''
      : ` with mean ${formatDecimal(bands.test.accuracy.mean)} and standard deviation ${formatDecimal(bands.test.accuracy.sd)}`;
  return {
    kind: 'bound',
    label,
    value: bound.value,
    unit: 'accuracy',
    side: bound.side,
    source: `${KINDS[kindOf(bound)]} tolerance bound of reference runs${spread} (${boundOrigin(bound)}${quick})`,
    n: bound.n,
    coverage: bound.coverage,
    confidence: bound.confidence,
  };
}

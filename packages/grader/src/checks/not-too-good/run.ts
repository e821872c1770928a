import { formatPercent } from '@labproof/submission';
import { boundEvidence, measured, withoutBands } from '../shared/band-evidence.ts';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { notEvaluated, withoutModel } from '../shared/absent.ts';
import { falseAlarmsAbove, suspicionMessage, suspicionOf } from './suspicion.ts';

/** Is the model no better than runs of its recipe are? More than that is for a person to look at, never a zero. */
export function checkNotTooGood(context: CheckContext): Verdict {
  const absent = withoutModel(context, 'its accuracy cannot be measured');
  if (absent !== null) return absent;
  const { evaluation, impossible } = context.evaluate(context.scale.value);
  if (evaluation === null) return notEvaluated(impossible);
  const bands = context.exercise?.bands ?? null;
  if (bands === null) return withoutBands(context, evaluation);
  const upper = bands.test.accuracyUpper;
  const evidence = [
    ...measured(evaluation),
    boundEvidence('Upper bound of the test accuracy', upper, bands),
  ];
  const suspicion = suspicionOf(evaluation.accuracy, bands);
  if (suspicion === 'none') {
    return {
      outcome: 'passed',
      message: `The model's ${formatPercent(evaluation.accuracy)} is what runs of this recipe reach (upper bound ${formatPercent(upper.value)} from ${bands.n} of them).`,
      advice: null,
      evidence,
    };
  }
  return {
    outcome: 'needs-review',
    message: suspicionMessage(suspicion, evaluation, bands),
    advice: 'Say how the model was trained, and on which images.',
    evidence: [
      ...evidence,
      { kind: 'text', label: 'How often by chance', text: falseAlarmsAbove(upper) },
    ],
  };
}

import type { Evidence } from '../../grade/evidence.ts';
import { formatCount, formatDecimal } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import { DECIDED_OTHERWISE, imagesDecidedOtherwise } from '../shared/decided-otherwise.ts';
import type { Verdict } from '../verdict.ts';
import { notEvaluated, withoutAnswer, withoutModel } from '../shared/absent.ts';
import { mayHoldMore } from '../shared/stated-figure.ts';
import { statedCounts } from './stated-counts.ts';

/**
 * Is the number of misclassified test images that the answer states that of the submitted model? Where several numbers
 * stand right beside what they count and not all agree, a person decides.
 */
export function checkMisclassifiedCount(context: CheckContext): Verdict {
  const absent =
    withoutAnswer(context, 'how many test images your model misclassifies') ??
    withoutModel(context, 'the number in the answer cannot be compared with it');
  if (absent !== null) return absent;
  const { evaluation, impossible } = context.evaluate(context.scale.value);
  if (evaluation === null) return notEvaluated(impossible);
  const total = context.dataset().test.count;
  const actual = evaluation.misclassified;
  const { answer } = context;
  const own = statedCounts(answer?.prose ?? '', total);
  const all = own.length > 0 ? own : statedCounts((answer?.outputs ?? []).join('\n'), total);
  const tied = all.filter((count) => count.tied);
  const stated = tied.length > 0 ? tied : all;
  const tolerance = imagesDecidedOtherwise(total);
  const measured: Evidence = {
    kind: 'measurement',
    label: 'Misclassified test images',
    value: actual,
    unit: 'count',
  };
  const bound: Evidence = {
    kind: 'bound',
    label: 'Allowed difference',
    value: tolerance,
    unit: 'count',
    side: 'tolerance',
    source: `${formatDecimal(DECIDED_OTHERWISE * 100, 2)} % of the test images, because another framework's arithmetic may decide a few of them otherwise`,
    n: null,
    coverage: null,
    confidence: null,
  };
  const [first] = stated;
  if (first === undefined) {
    return {
      outcome: mayHoldMore(answer) && answer.hasOtherNumbers ? 'needs-review' : 'failed',
      message: 'No number of misclassified images could be read in the answer.',
      advice: `Write it in a sentence: "The model misclassifies 236 of the ${formatCount(total)} test images."`,
      evidence: [measured],
    };
  }
  const agreeing = stated.find(({ count }) => Math.abs(count - actual) <= tolerance);
  const shown = agreeing ?? first;
  const evidence: Evidence[] = [
    { kind: 'text', label: 'Read in the answer', text: shown.text },
    measured,
    bound,
  ];
  const distinct = new Set(stated.map(({ count }) => count)).size;
  if (agreeing !== undefined) {
    return {
      outcome: distinct > 1 ? 'needs-review' : 'passed',
      message: `The answer states ${formatCount(shown.count)} misclassified images, and the submitted model has ${formatCount(actual)}${distinct > 1 ? `; it states ${distinct} different numbers and needs manual grading which is meant` : ''}.`,
      advice: null,
      evidence,
    };
  }
  return {
    outcome: distinct > 1 || all.length > stated.length ? 'needs-review' : 'failed',
    message: `The answer states ${formatCount(shown.count)} misclassified images, but the submitted model has ${formatCount(actual)} (± ${tolerance} is allowed)${distinct > 1 || all.length > stated.length ? '; other numbers stand there too, and a person looks' : ''}.`,
    advice: 'Count again with the very model that you hand in.',
    evidence,
  };
}

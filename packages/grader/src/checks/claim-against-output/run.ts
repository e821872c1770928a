import type { Claim, PrintedEpoch, PrintedHistory } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';
import { claimsAgree, mostRelevant } from '../shared/claims-agree.ts';

/** A number that a program printed. */
interface Printed {
  readonly value: number;
  readonly text: string;
}

/** Progress bars are rounded to four decimals. */
const PRINTED_STEP = 0.0001;

/** Does a number in the student's own words stand in the output that was handed in with it? */
export function checkClaimAgainstOutput(
  context: CheckContext,
  { metric }: { readonly metric: Claim['metric'] },
): Verdict {
  const absent = withoutAnswer(context, `the ${metric} that was printed`);
  if (absent !== null) return absent;
  const own = (context.answer?.claims ?? []).filter((claim) => claim.metric === metric);
  const stated = mostRelevant(own.filter(({ printed }) => !printed));
  const printed = printedValues(context, metric);
  const [first] = stated;
  if (first === undefined) {
    return {
      outcome: 'failed',
      message: `The answer does not state the ${metric} in words of its own.`,
      advice: `Write down the ${metric} that was printed.`,
      evidence: [],
    };
  }
  if (printed.length === 0) {
    return {
      outcome: 'needs-review',
      message: `The answer states the ${metric} ${first.written}, but no output that was handed in prints one; a person decides.`,
      advice: 'Hand in the document with its output.',
      evidence: [{ kind: 'text', label: 'Read in the answer', text: first.text }],
    };
  }
  for (const claim of stated) {
    const source = printed.find(({ value }) => claimsAgree(claim, asClaim(value, metric)));
    if (source === undefined) continue;
    return {
      outcome: 'passed',
      message: `The ${metric} ${claim.written} stands in the output that was handed in.`,
      advice: null,
      evidence: [
        { kind: 'text', label: 'Read in the answer', text: claim.text },
        { kind: 'text', label: 'Printed', text: source.text },
      ],
    };
  }
  const nearest = printed.reduce((best, candidate) =>
    Math.abs(candidate.value - first.value) < Math.abs(best.value - first.value) ? candidate : best,
  );
  return {
    outcome: 'failed',
    message: `The answer states the ${metric} ${first.written}, and nothing that was printed says so; nearest is ${nearest.value}.`,
    advice: 'Copy the number from the output, or run the program again and hand in both.',
    evidence: [
      { kind: 'text', label: 'Read in the answer', text: first.text },
      { kind: 'text', label: 'Nearest printed', text: nearest.text },
      {
        kind: 'difference',
        label: metric,
        expected: String(nearest.value),
        found: first.written,
      },
    ],
  };
}

function printedValues(context: CheckContext, metric: Claim['metric']): Printed[] {
  const answers = context.answer === null ? context.related : [context.answer, ...context.related];
  return answers.flatMap(({ claims, histories }) => [
    ...claims
      .filter((claim) => claim.printed && claim.metric === metric)
      .map(({ value, text }) => ({ value, text })),
    ...histories.flatMap((history) => fromHistory(history, metric)),
  ]);
}

function fromHistory({ epochs }: PrintedHistory, metric: Claim['metric']): Printed[] {
  return epochs.flatMap((epoch) =>
    valuesOf(epoch, metric).map((value) => ({
      value,
      text: `epoch ${epoch.epoch}: ${metric} ${value}`,
    })),
  );
}

function valuesOf(epoch: PrintedEpoch, metric: Claim['metric']): number[] {
  const values =
    metric === 'accuracy' ? [epoch.accuracy, epoch.valAccuracy] : [epoch.loss, epoch.valLoss];
  return values.flatMap((value) => (value === null ? [] : [value]));
}

function asClaim(value: number, metric: Claim['metric']): Claim {
  return {
    metric,
    value,
    text: '',
    written: String(value),
    step: PRINTED_STEP,
    spread: 0,
    approximate: false,
    part: null,
    printed: true,
  };
}

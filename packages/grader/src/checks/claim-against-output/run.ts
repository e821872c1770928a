import type { Claim } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';
import { claimsAgree } from '../shared/claims-agree.ts';
import { isCoarse, moreDigits } from '../shared/precision.ts';
import { besideEvidence, mayHoldMore } from '../shared/stated-figure.ts';
import { type Printed, printedValues } from './printed-values.ts';

/** Progress bars are rounded to four decimals. */
const PRINTED_STEP = 0.0001;

/**
 * Do the numbers in the student's own words stand in the output that was handed in with it? A number that is called the
 * test's is not found among those of training. Where some stand there and some do not, a person decides.
 */
export function checkClaimAgainstOutput(
  context: CheckContext,
  { metric }: { readonly metric: Claim['metric'] },
): Verdict {
  const absent = withoutAnswer(context, `the ${metric} that was printed`);
  if (absent !== null) return absent;
  const stated = mostRelevant(
    (context.answer?.claims ?? []).filter((claim) => claim.metric === metric && !claim.printed),
  );
  const printed = printedValues(context, metric);
  const [first] = stated;
  if (first === undefined) return nothingStated(metric, context);
  if (printed.length === 0) {
    return {
      outcome: 'needs-review',
      message: `The answer states the ${metric} ${first.written}, but no output that was handed in prints one; this needs manual grading.`,
      advice: 'Hand in the document with its output.',
      evidence: [{ kind: 'text', label: 'Read in the answer', text: first.text }],
    };
  }
  const found = stated.flatMap((claim) => {
    const same = printed.filter(({ value }) => claimsAgree(claim, asClaim(value, metric)));
    const source = same.find((one) => fits(claim, one)) ?? same[0];
    return source === undefined ? [] : [{ claim, source }];
  });
  const [match] = found;
  if (match === undefined) return notPrinted(first, printed, metric);
  const { claim, source } = match;
  const evidence = [
    { kind: 'text', label: 'Read in the answer', text: claim.text } as const,
    { kind: 'text', label: 'Printed', text: source.text } as const,
    ...besideEvidence(stated, claim),
  ];
  const doubt =
    found.length < stated.length
      ? `The ${metric} ${claim.written} stands in the output that was handed in, but ${stated.find((one) => found.every((pair) => pair.claim !== one))?.written ?? 'another value of the answer'} does not`
      : !found.every((pair) => fits(pair.claim, pair.source))
        ? `The ${metric} ${claim.written} stands in the output only for other images than the answer says`
        : stated.every((one) => isCoarse(one))
          ? `The ${metric} ${claim.written} stands in the output, but with so few digits that nearly every output would do`
          : null;
  return doubt === null
    ? {
        outcome: 'passed',
        message: `The ${metric} ${claim.written} stands in the output that was handed in.`,
        advice: null,
        evidence,
      }
    : {
        outcome: 'needs-review',
        message: `${doubt}; this needs manual grading.`,
        advice: moreDigits(metric),
        evidence,
      };
}

function nothingStated(metric: Claim['metric'], { answer }: CheckContext): Verdict {
  const asides = (answer?.asides ?? []).filter((claim) => claim.metric === metric);
  const mayBe = mayHoldMore(answer) && (answer.hasOtherNumbers || asides.length > 0);
  return {
    outcome: mayBe ? 'needs-review' : 'failed',
    message: `The answer does not state the ${metric} in words of its own${mayBe ? ' that could be read, but it holds other numbers; it needs manual grading' : ''}.`,
    advice: `Write down the ${metric} that was printed.`,
    evidence: besideEvidence(asides, null),
  };
}

function notPrinted(claim: Claim, printed: readonly Printed[], metric: Claim['metric']): Verdict {
  const nearest = printed.reduce((best, candidate) =>
    Math.abs(candidate.value - claim.value) < Math.abs(best.value - claim.value) ? candidate : best,
  );
  return {
    outcome: claim.doubtful ? 'needs-review' : 'failed',
    message: `The answer states the ${metric} ${claim.written}, and nothing that was printed says so; nearest is ${nearest.value}.${claim.doubtful ? ' It may have been read wrongly, so a person looks.' : ''}`,
    advice: 'Copy the number from the output, or run the program again and hand in both.',
    evidence: [
      { kind: 'text', label: 'Read in the answer', text: claim.text },
      { kind: 'text', label: 'Nearest printed', text: nearest.text },
      {
        kind: 'difference',
        label: metric,
        expected: String(nearest.value),
        found: claim.written,
      },
    ],
  };
}

/** Claims about the test set where there are any; else those that name no part of the data; else all. */
function mostRelevant(claims: readonly Claim[]): readonly Claim[] {
  for (const part of ['test', null] as const) {
    const named = claims.filter((claim) => claim.part === part);
    if (named.length > 0) return named;
  }
  return claims;
}

/** Whether a print may be of the data that a claim names; where either names none, it may. */
function fits({ part }: Claim, printed: Printed): boolean {
  return part === null || printed.part === null || part === printed.part;
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
    source: 'output',
    standing: 'stated',
    doubtful: false,
  };
}

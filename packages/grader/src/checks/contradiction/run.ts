import type { Claim } from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';
import { claimsAgree, mostRelevant } from '../shared/claims-agree.ts';

/** Do two answers about the same model state the same value? */
export function checkContradiction(
  context: CheckContext,
  { metric, other }: { readonly metric: Claim['metric']; readonly other: string },
): Verdict {
  const absent = withoutAnswer(context, `the ${metric} of your model`);
  if (absent !== null) return absent;
  const number = context.lab.questions.find(({ id }) => id === other)?.number ?? other;
  const here = claimsIn(context.answer?.claims ?? [], metric);
  const there = claimsIn(context.answerOf(other)?.claims ?? [], metric);
  if (here.length === 0 || there.length === 0) {
    const silent = here.length === 0 ? context.question.number : number;
    return {
      outcome: 'missing',
      message: `No ${metric} could be read in the answer to question ${silent}, so there is nothing to compare.`,
      advice: `State the test ${metric} in both answers, for example "test ${metric}: ${metric === 'accuracy' ? '0.9763' : '0.0841'}".`,
      evidence: [],
    };
  }
  const pair = here
    .flatMap((one) => there.map((two) => ({ one, two })))
    .find(({ one, two }) => claimsAgree(one, two));
  const [one, two] = [pair?.one ?? here[0], pair?.two ?? there[0]];
  if (one === undefined || two === undefined) throw new Error('a list of claims without a first');
  const evidence: Evidence[] = [
    { kind: 'text', label: `Read in question ${context.question.number}`, text: one.text },
    { kind: 'text', label: `Read in question ${number}`, text: two.text },
  ];
  return pair === undefined
    ? {
        outcome: 'failed',
        message: `This answer states the ${metric} ${one.written}, and the answer to question ${number} states ${two.written} for the same model.`,
        advice:
          'Evaluate the model that you hand in once more, and state that value in both answers.',
        evidence: [
          ...evidence,
          { kind: 'difference', label: metric, expected: two.written, found: one.written },
        ],
      }
    : {
        outcome: 'passed',
        message: `This answer (${one.written}) and the one to question ${number} (${two.written}) agree on the ${metric}.`,
        advice: null,
        evidence,
      };
}

function claimsIn(claims: readonly Claim[], metric: Claim['metric']): readonly Claim[] {
  return mostRelevant(claims.filter((claim) => claim.metric === metric));
}

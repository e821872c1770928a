import type { Answer, Claim } from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';
import { claimsAgree } from '../shared/claims-agree.ts';
import { isCoarse, moreDigits } from '../shared/precision.ts';
import { besideEvidence, mayHoldMore, statedFigure } from '../shared/stated-figure.ts';

/**
 * Do two answers about the same model state the same value? An answer that states several values, or one with too few
 * digits to tell models apart, is left to a person where it would agree.
 */
export function checkContradiction(
  context: CheckContext,
  { metric, other }: { readonly metric: Claim['metric']; readonly other: string },
): Verdict {
  const absent = withoutAnswer(context, `the ${metric} of your model`);
  if (absent !== null) return absent;
  const number = context.lab.questions.find(({ id }) => id === other)?.number ?? other;
  const answers = [context.answer, context.answerOf(other)] as const;
  const [here, there] = [
    statedFigure(answers[0]?.claims ?? [], metric),
    statedFigure(answers[1]?.claims ?? [], metric),
  ];
  if (here.finest === null || there.finest === null) {
    const [silent, answer] =
      here.finest === null ? [context.question.number, answers[0]] : [number, answers[1]];
    return nothingToCompare(metric, silent, answer);
  }
  const pair = here.claims
    .flatMap((one) => there.claims.map((two) => ({ one, two })))
    .find(({ one, two }) => claimsAgree(one, two));
  const { one, two } = pair ?? { one: here.finest, two: there.finest };
  const evidence: Evidence[] = [
    { kind: 'text', label: `Read in question ${context.question.number}`, text: one.text },
    { kind: 'text', label: `Read in question ${number}`, text: two.text },
    ...besideEvidence([...here.claims, ...there.claims], one).filter(
      (item) => item.kind !== 'text' || item.text !== two.text,
    ),
  ];
  if (pair === undefined) {
    return {
      outcome: 'failed',
      message: `This answer states the ${metric} ${one.written}, and the answer to question ${number} states ${two.written} for the same model.`,
      advice:
        'Evaluate the model that you hand in once more, and state that value in both answers.',
      evidence: [
        ...evidence,
        { kind: 'difference', label: metric, expected: two.written, found: one.written },
      ],
    };
  }
  if (here.contradicts || there.contradicts) {
    return {
      outcome: 'needs-review',
      message: `Among the values that the two answers state, ${one.written} and ${two.written} agree, but ${here.contradicts ? 'this answer' : `the answer to question ${number}`} states others as well; which one is meant needs manual grading.`,
      advice: `State one test ${metric} in each answer.`,
      evidence,
    };
  }
  if (isCoarse(here.finest) || isCoarse(there.finest)) {
    return {
      outcome: 'needs-review',
      message: `This answer (${one.written}) and the one to question ${number} (${two.written}) agree, but with so few digits that most models would; this needs manual grading.`,
      advice: moreDigits(metric),
      evidence,
    };
  }
  return {
    outcome: 'passed',
    message: `This answer (${one.written}) and the one to question ${number} (${two.written}) agree on the ${metric}.`,
    advice: null,
    evidence,
  };
}

function nothingToCompare(
  metric: Claim['metric'],
  number: number | string,
  answer: Answer | null,
): Verdict {
  const mayBe = mayHoldMore(answer);
  return {
    outcome: mayBe ? 'needs-review' : 'missing',
    message: `No ${metric} could be read in the answer to question ${number}, so there is nothing to compare${mayBe ? '; it holds other things and needs manual grading' : ''}.`,
    advice: `State the test ${metric} in both answers, for example "test ${metric}: ${metric === 'accuracy' ? '0.9763' : '0.0841'}".`,
    evidence: mayBe
      ? besideEvidence(
          answer.asides.filter((claim) => claim.metric === metric),
          null,
        )
      : [],
  };
}

import { type Claim, formatDecimal, formatPercent } from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer, withoutModel } from '../shared/absent.ts';

/**
 * What the same weights may give elsewhere: another framework sums in another order, and Keras's progress bar shows
 * running means. One image in 2,000 for the accuracy, 1 % (at least 0.005) for the loss.
 */
const ACCURACY_SLACK = 0.0005;
const LOSS_SLACK = 0.005;
const LOSS_SLACK_SHARE = 0.01;
/** An answer with more different values than this has to be read by a human. */
const MOST_VALUES = 4;

/** Does a number in the answer agree with what the submitted model does on the test set? */
export function checkClaimAgainstWeights(
  context: CheckContext,
  { metric }: { readonly metric: Claim['metric'] },
): Verdict {
  const absent =
    withoutAnswer(context, `the test ${metric} of your model`) ??
    withoutModel(context, `the ${metric} in the answer cannot be compared with it`);
  if (absent !== null) return absent;
  const { answer } = context;
  const stated = (answer?.claims ?? []).filter((claim) => claim.metric === metric);
  if (stated.length === 0) return nothingStated(metric, context);

  const { evaluation, impossible } = context.evaluate(context.scale.value);
  if (evaluation === null) {
    return {
      outcome: 'failed',
      message: `The ${metric} in the answer cannot be confirmed. ${impossible.message}`,
      advice: impossible.fix,
      evidence: stated.slice(0, 1).map((claim) => textEvidence(claim)),
    };
  }
  const chance = 1 / evaluation.confusion.length;
  if (evaluation.accuracy < 2 * chance) return untrained(evaluation.accuracy, chance, stated);
  const actual = evaluation[metric];
  const validationIsTest = context.exercise?.recipe.validation.from === 'test';
  const aboutTest = stated.filter(
    ({ part }) => part === null || part === 'test' || (part === 'validation' && validationIsTest),
  );
  const candidates = aboutTest.length > 0 ? aboutTest : stated;
  const nearest = candidates.reduce((best, claim) =>
    Math.abs(claim.value - actual) < Math.abs(best.value - actual) ? claim : best,
  );
  const agrees = (claim: Claim): boolean => agreement(claim, actual, metric).agrees;
  const agreeing =
    candidates.find((claim) => claim.part === 'test' && agrees(claim)) ?? candidates.find(agrees);
  const shown = agreeing ?? nearest;
  const evidence = evidenceFor(shown, candidates, actual, metric);
  const values = new Set(candidates.map(({ value }) => value));
  const sentence = `The answer states ${withArticle(metric)} of ${shown.written}`;
  const shownActual = /%|percent|pct/iu.test(shown.written)
    ? formatPercent(actual)
    : formatDecimal(actual);
  const measured = `the submitted model has ${shownActual} on the test images`;

  if (aboutTest.length === 0) {
    const part = shown.part === 'training' ? 'training' : 'validation';
    return agreeing === undefined
      ? {
          outcome: 'failed',
          message: `The answer states the ${metric} on the ${part} images only (${shown.written}); asked is the test ${metric}, and ${measured}.`,
          advice: 'Evaluate the model on the test images and write down what comes out.',
          evidence,
        }
      : {
          outcome: 'needs-review',
          message: `${sentence} and seems to call it the ${part} ${metric}; ${measured}, which agrees. A person decides which was meant.`,
          advice: null,
          evidence,
        };
  }
  if (agreeing === undefined) {
    const { tolerance } = agreement(shown, actual, metric);
    return {
      outcome: 'failed',
      message: `${sentence}, but ${measured}: they differ by ${formatDecimal(Math.abs(shown.value - actual))}, and ${formatDecimal(tolerance, 6)} is allowed.`,
      advice:
        'Hand in the very model whose numbers you report: evaluate it on the test images after training, save it, and write down what was printed.',
      evidence,
    };
  }
  if (values.size > MOST_VALUES) {
    return {
      outcome: 'needs-review',
      message: `The answer states ${values.size} different values. One of them, ${shown.written}, agrees with the submitted model (${formatDecimal(actual)}); a person decides whether it is the one meant.`,
      advice: `State one test ${metric} in a sentence of its own.`,
      evidence,
    };
  }
  return {
    outcome: 'passed',
    message: `${sentence}, and ${measured}.`,
    advice: null,
    evidence,
  };
}

/** A true number about a model that only guesses is no result: it earns nothing. */
function untrained(accuracy: number, chance: number, stated: readonly Claim[]): Verdict {
  return {
    outcome: 'failed',
    message: `The submitted model classifies ${formatPercent(accuracy)} of the test images correctly, about what guessing gives (${formatPercent(chance, 0)}), so there is no result of training that the answer could report.`,
    advice:
      'Train the model, save it after training, and report what it reaches on the test images.',
    evidence: [
      ...stated.slice(0, 1).map((claim) => textEvidence(claim)),
      {
        kind: 'measurement',
        label: 'Submitted weights on the test set',
        value: accuracy,
        unit: 'accuracy',
      },
    ],
  };
}

/** How far a claim may lie from the measured value: what was written stands for a whole interval of values. */
function agreement(
  claim: Claim,
  actual: number,
  metric: Claim['metric'],
): { agrees: boolean; tolerance: number } {
  const slack =
    metric === 'accuracy'
      ? ACCURACY_SLACK
      : Math.max(LOSS_SLACK, LOSS_SLACK_SHARE * Math.abs(actual));
  const below = claim.spread + slack + (claim.approximate ? claim.step : claim.step / 2);
  // Digits that were cut off instead of rounded leave the true value up to a whole step above.
  const above = claim.spread + slack + claim.step;
  const difference = actual - claim.value;
  // Far below every slack: keeps float64 rounding from deciding a case that lies exactly on the edge.
  const edge = 1e-12;
  return {
    agrees: difference <= above + edge && -difference <= below + edge,
    tolerance: difference > 0 ? above : below,
  };
}

function evidenceFor(
  shown: Claim,
  candidates: readonly Claim[],
  actual: number,
  metric: Claim['metric'],
): Evidence[] {
  const { tolerance } = agreement(shown, actual, metric);
  const others = [
    ...new Set(candidates.filter((claim) => claim.value !== shown.value).map(({ text }) => text)),
  ];
  const slack =
    metric === 'accuracy'
      ? `${ACCURACY_SLACK} because another framework's arithmetic may decide a few images otherwise`
      : `${LOSS_SLACK} or 1 %, whichever is more, because other frameworks sum in another order and progress bars show running means`;
  return [
    textEvidence(shown),
    { kind: 'measurement', label: 'Stated', value: shown.value, unit: metric },
    {
      kind: 'measurement',
      label: 'Submitted weights on the test set',
      value: actual,
      unit: metric,
    },
    {
      kind: 'bound',
      label: 'Allowed difference',
      value: tolerance,
      unit: metric,
      side: 'tolerance',
      source: `the last digit written may be rounded or cut off (one unit is ${formatDecimal(shown.step, 12)}), and ${slack}`,
      n: null,
      coverage: null,
      confidence: null,
    },
    ...others.map((text): Evidence => ({ kind: 'text', label: 'Also read', text })),
  ];
}

function textEvidence(claim: Claim): Evidence {
  return { kind: 'text', label: 'Read in the answer', text: claim.text };
}

function nothingStated(metric: Claim['metric'], context: CheckContext): Verdict {
  const { answer } = context;
  const maybe =
    answer !== null &&
    (answer.images.length > 0 || answer.hasOtherNumbers || answer.code.length > 0);
  return maybe
    ? {
        outcome: 'needs-review',
        message: `No ${metric} could be read in the answer, but it holds ${answer.images.length > 0 ? 'a picture' : answer.hasOtherNumbers ? 'other numbers' : 'code or output'}; a person looks for it.`,
        advice: `Write the number beside its name, for example "test ${metric}: ${metric === 'accuracy' ? '0.9763' : '0.0841'}".`,
        evidence: [],
      }
    : {
        outcome: 'failed',
        message: `The answer does not state ${withArticle(metric)}.`,
        advice: `Evaluate the model on the test images and write down the ${metric}.`,
        evidence: [],
      };
}

function withArticle(metric: Claim['metric']): string {
  return metric === 'accuracy' ? 'an accuracy' : 'a loss';
}

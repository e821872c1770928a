import {
  type Answer,
  type Claim,
  figuresLike,
  formatDecimal,
  formatPercent,
} from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { notEvaluated, withoutAnswer, withoutModel } from '../shared/absent.ts';
import { guessing, isNearGuessing } from '../shared/near-guessing.ts';
import { isCoarse, moreDigits } from '../shared/precision.ts';
import { otherLossOf } from './own-loss.ts';
import { claimsAgree } from '../shared/claims-agree.ts';
import { besideEvidence, mayHoldMore, statedFigure } from '../shared/stated-figure.ts';
import { ACCURACY_SLACK, LOSS_SLACK, agreement } from './agreement.ts';

/**
 * Does the number that the answer states agree with what the submitted model does on the test set? The student's own
 * words count; where they state none, what `evaluate` printed does. Figures that contradict one another, that are written to
 * too few digits, or whose meaning was guessed are left to a person, and so is every failure beside which another number of
 * the answer agrees.
 */
export function checkClaimAgainstWeights(
  context: CheckContext,
  { metric }: { readonly metric: Claim['metric'] },
): Verdict {
  const absent =
    withoutAnswer(context, `the test ${metric} of your model`) ??
    withoutModel(context, `the ${metric} in the answer cannot be compared with it`);
  if (absent !== null) return absent;
  const { answer } = context;
  const validationIsTest = context.exercise?.recipe.validation.from === 'test';
  const stated = statedFigure(
    answer?.claims ?? [],
    metric,
    (part) => part === 'validation' && validationIsTest,
  );
  const { claims, finest } = stated;
  if (answer === null || finest === null) return nothingStated(metric, context);

  const { evaluation, impossible } = context.evaluate(context.scale.value);
  if (evaluation === null) {
    return {
      ...notEvaluated(impossible),
      message: `The ${metric} in the answer cannot be confirmed. ${impossible.message}`,
      evidence: [textEvidence(finest)],
    };
  }
  const classes = evaluation.confusion.length;
  if (isNearGuessing(evaluation.accuracy, classes)) {
    return untrained(evaluation.accuracy, guessing(classes), finest);
  }
  const actual = evaluation[metric];
  const agreeing = claims.filter((claim) => agreement(claim, actual).agrees);
  const nearest = claims.reduce((best, claim) =>
    Math.abs(claim.value - actual) < Math.abs(best.value - actual) ? claim : best,
  );
  const shown = agreeing.includes(finest) ? finest : (agreeing[0] ?? nearest);
  const beside = [...claims, ...asides(answer, metric)];
  const evidence = evidenceFor(shown, beside, actual);
  const sentence = `The answer states ${withArticle(metric)} of ${shown.written}`;
  const measured = `the submitted model has ${sameStyle(shown, actual)} on the test images`;
  const review = (message: string, advice: string | null): Verdict => ({
    outcome: 'needs-review',
    message,
    advice,
    evidence,
  });

  const other = agreeing.length > 0 ? null : elsewhere(answer, claims, actual, metric);
  if (stated.isOtherPart && other === null) {
    const part = shown.part === 'training' ? 'training' : 'validation';
    return agreeing.length > 0
      ? review(
          `${sentence} and seems to call it the ${part} ${metric}; ${measured}, which agrees. Which one was meant needs manual grading.`,
          null,
        )
      : {
          outcome: 'failed',
          message: `The answer states the ${metric} on the ${part} images only (${shown.written}); asked is the test ${metric}, and ${measured}.`,
          advice: 'Evaluate the model on the test images and write down what comes out.',
          evidence,
        };
  }
  if (answer.claimsCutOff) {
    return review(
      `The answer holds more numbers than are looked at, so which ${metric} is meant needs manual grading; ${measured}.`,
      `State one test ${metric} in a sentence of its own.`,
    );
  }
  if (agreeing.length === 0) {
    if (other !== null) {
      return {
        ...review(
          `${sentence}, but ${measured}. Another number of the answer, ${other.written}, agrees with that; which one is meant needs manual grading.`,
          `State one test ${metric} in a sentence of its own.`,
        ),
        evidence: evidenceFor(shown, [other, ...beside], actual),
      };
    }
    const { tolerance } = agreement(shown, actual);
    const difference = `they differ by ${gapText(Math.abs(shown.value - actual), shown, 4)}, and ${gapText(tolerance, shown, 6)} ${isPercentage(shown.written) ? 'are' : 'is'} allowed`;
    if (claims.some(({ doubtful, source }) => doubtful || source === 'bar')) {
      return review(
        `${sentence}, if it was read right, but ${measured}: ${difference}. This needs manual grading.`,
        `Write the number beside its name, for example "test ${metric}: ${exampleOf(metric)}".`,
      );
    }
    const otherLoss = metric === 'loss' ? otherLossOf(context) : null;
    if (otherLoss !== null) {
      return review(
        `${sentence}, but ${measured}: ${difference}. The model was compiled with the loss ${plainName(otherLoss)}, and asked is ${plainName(context.exercise?.recipe.loss ?? '')}, so its own evaluation prints another number; this needs manual grading.`,
        `Compile the model with the loss ${context.exercise?.recipe.loss ?? ''}, as the exercise says.`,
      );
    }
    return {
      outcome: 'failed',
      message: `${sentence}, but ${measured}: ${difference}.`,
      advice:
        'Hand in the very model whose numbers you report: evaluate it on the test images after training, save it, and write down what was printed.',
      evidence,
    };
  }
  if (stated.contradicts) {
    const against = claims.find((claim) => !agreement(claim, actual).agrees) ?? finest;
    return review(
      `The answer states ${withArticle(metric)} of ${shown.written} and one of ${against.written}. Only one of them can be the model's, and ${measured}; which one was meant needs manual grading.`,
      `State one test ${metric} in a sentence of its own.`,
    );
  }
  if (isCoarse(finest)) {
    return review(
      `${sentence}, which so many models agree with that it says little of this one; ${measured}. Whether it is enough needs manual grading.`,
      moreDigits(metric),
    );
  }
  return { outcome: 'passed', message: `${sentence}, and ${measured}.`, advice: null, evidence };
}

function asides({ asides: all }: Answer, metric: Claim['metric']): Claim[] {
  return all.filter((claim) => claim.metric === metric);
}

/** A figure that was not taken and that agrees: another place of the answer, or a number that nothing names. */
function elsewhere(
  answer: Answer,
  taken: readonly Claim[],
  actual: number,
  metric: Claim['metric'],
): Claim | null {
  const others = [
    ...answer.claims.filter((claim) => claim.metric === metric && !taken.includes(claim)),
    ...asides(answer, metric),
    ...figuresLike(answer.prose, metric),
  ];
  return others.find((claim) => agreement(claim, actual).agrees && !isCoarse(claim)) ?? null;
}

/** A true number about a model that only guesses is no result: it earns nothing. */
function untrained(accuracy: number, chance: number, stated: Claim): Verdict {
  return {
    outcome: 'failed',
    message: `The submitted model classifies ${formatPercent(accuracy)} of the test images correctly, about what guessing gives (${formatPercent(chance, 0)}), so there is no result of training that the answer could report.`,
    advice:
      'Train the model, save it after training, and report what it reaches on the test images.',
    evidence: [
      textEvidence(stated),
      {
        kind: 'measurement',
        label: 'Submitted weights on the test set',
        value: accuracy,
        unit: 'accuracy',
      },
    ],
  };
}

function evidenceFor(shown: Claim, others: readonly Claim[], actual: number): Evidence[] {
  const { metric } = shown;
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
      value: agreement(shown, actual).tolerance,
      unit: metric,
      side: 'tolerance',
      source: `the last digit written may be rounded or cut off (one unit is ${formatDecimal(shown.step, 12)}), and ${slack}`,
      n: null,
      coverage: null,
      confidence: null,
    },
    ...besideEvidence(others, shown),
  ];
}

function textEvidence(claim: Claim): Evidence {
  return { kind: 'text', label: 'Read in the answer', text: claim.text };
}

function nothingStated(metric: Claim['metric'], context: CheckContext): Verdict {
  const { answer } = context;
  if (answer === null || (!mayHoldMore(answer) && !mayHaveTaken(answer, metric))) {
    return {
      outcome: 'failed',
      message: `The answer does not state ${withArticle(metric)}.`,
      advice: `Evaluate the model on the test images and write down the ${metric}.`,
      evidence: [],
    };
  }
  const what =
    asides(answer, metric).length > 0
      ? 'figures that do not count as a statement'
      : answer.images.length > 0
        ? 'a picture'
        : answer.hasOtherNumbers || mayHaveTaken(answer, metric)
          ? 'other numbers'
          : 'code or output';
  return {
    outcome: 'needs-review',
    message: `No ${metric} could be read in the answer, but it holds ${what}; it needs manual grading.`,
    advice: `Write the number beside its name, for example "test ${metric}: ${exampleOf(metric)}".`,
    evidence: besideEvidence(asides(answer, metric), null),
  };
}

/** A name from a student's file, cut to what a sentence bears. */
function plainName(name: string): string {
  return name.replaceAll(/[^\w ]/gu, '').slice(0, 40);
}

/** Whether another metric has two values in one sentence, of which one may be this metric's. */
function mayHaveTaken({ claims }: Answer, metric: Claim['metric']): boolean {
  const others = claims.filter((claim) => claim.metric !== metric && claim.source === 'words');
  return others.some((claim) =>
    others.some((other) => other.text === claim.text && !claimsAgree(claim, other)),
  );
}

function sameStyle({ written }: Claim, actual: number): string {
  return isPercentage(written) ? formatPercent(actual) : formatDecimal(actual);
}

function isPercentage(written: string): boolean {
  return /%|percent|pct|pro[cz]ent|cent|cien|百分/iu.test(written);
}

function exampleOf(metric: Claim['metric']): string {
  return metric === 'accuracy' ? '0.9763' : '0.0841';
}

function withArticle(metric: Claim['metric']): string {
  return metric === 'accuracy' ? 'an accuracy' : 'a loss';
}

/** A difference in the unit in which the student wrote: of percentages in percentage points. */
function gapText(gap: number, { written }: Claim, decimals: number): string {
  return isPercentage(written)
    ? `${formatDecimal(gap * 100, decimals - 2)} percentage points`
    : formatDecimal(gap, decimals);
}

import type { InputScale } from '@labproof/core';
import type { Evaluation } from '../../evaluation/evaluation.ts';
import { formatCount, formatPercent, formatPlural } from '@labproof/submission';
import { boundEvidence, measured, passMarkOf, withoutBands } from '../shared/band-evidence.ts';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { notEvaluated, withoutModel } from '../shared/absent.ts';
import { guessing, isNearGuessing } from '../shared/near-guessing.ts';

/** Does the submitted model reach, on the test set, what repeated runs of the same recipe reach? */
export function checkMetricInBand(context: CheckContext): Verdict {
  const absent = withoutModel(context, 'its accuracy cannot be measured');
  if (absent !== null) return absent;
  const { evaluation, impossible } = context.evaluate(context.scale.value);
  if (evaluation === null) return notEvaluated(impossible);
  const bands = context.exercise?.bands ?? null;
  const lower = passMarkOf(context);
  if (lower === null) return withoutBands(context, evaluation);
  const upper = bands?.test.accuracyUpper;
  const evidence = [
    ...measured(evaluation),
    boundEvidence('Lower bound of the test accuracy', lower, bands),
  ];
  const reached = `The model classifies ${formatPercent(evaluation.accuracy)} of the ${formatCount(context.dataset().test.count)} test images correctly`;
  const ground = `${lower.n} reference runs of this recipe`;
  if (upper !== undefined && evaluation.accuracy > upper.value) {
    return {
      outcome: 'passed',
      message: `${reached}. That is more than ${ground} let expect (upper bound ${formatPercent(upper.value)}): no points are lost, but it is worth a look whether the training differed from the recipe.`,
      advice: null,
      evidence: [...evidence, boundEvidence('Upper bound of the test accuracy', upper, bands)],
    };
  }
  if (evaluation.accuracy >= lower.value) {
    return {
      outcome: 'passed',
      message: `${reached}, at or above the lower bound of ${formatPercent(lower.value)} from ${ground}.`,
      advice: null,
      evidence,
    };
  }
  return {
    outcome: 'failed',
    message: `${reached}. The lower bound is ${formatPercent(lower.value)}: with ${formatPercent(lower.confidence, 0)} confidence, at least ${formatPercent(lower.coverage, 0)} of all runs of this recipe reach it (${ground}).`,
    advice: adviceFor(evaluation, lower.value, context),
    evidence,
  };
}

function adviceFor(evaluation: Evaluation, lower: number, context: CheckContext): string {
  const { exercise, isOpen, scale } = context;
  const { epochs, batchSize } = exercise?.recipe ?? {};
  const recipe = isOpen
    ? 'long enough'
    : `for ${formatPlural(epochs ?? 0, 'epoch')} at batch size ${batchSize}`;
  if (scale.from !== 'submission.json') {
    const other: InputScale = scale.value === '1/255' ? 'raw' : '1/255';
    const { evaluation: rescaled } = context.evaluate(other);
    if (rescaled !== null && rescaled.accuracy >= lower) {
      return `The pixels were scaled as ${scale.from === 'the lab' ? 'the lab says' : 'the model asks for that scales them itself'} (${scale.value}); scaled as "${other}" the model reaches ${formatPercent(rescaled.accuracy)}. If you trained it that way, declare it in submission.json: "scale": {"${exercise?.id}": "${other}"}.`;
    }
  }
  const classes = evaluation.confusion.length;
  if (isNearGuessing(evaluation.accuracy, classes)) {
    return `That is close to guessing (${formatPercent(guessing(classes), 0)}), as a model does that was never trained or was saved before training. Train it ${recipe} and save it afterwards.`;
  }
  if (isOpen) {
    return 'Train longer, or change the network or its optimiser, and go by the accuracy on validation images.';
  }
  return `Train ${recipe} exactly as the exercise says, and save the model after training. If you did, compare your optimiser, its learning rate and the scaling of the pixels with the exercise.`;
}

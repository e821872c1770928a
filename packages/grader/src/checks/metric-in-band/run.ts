import type { InputScale } from '@labproof/core';
import type { Evaluation } from '../../evaluation/evaluation.ts';
import type { ToleranceBound } from '@labproof/core/statistics';
import { formatCount, formatPercent, formatPlural } from '@labproof/submission';
import {
  boundEvidence,
  decide,
  measured,
  passMarkOf,
  withoutBands,
} from '../shared/band-evidence.ts';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { notEvaluated, withoutModel } from '../shared/absent.ts';
import { whoPasses } from './who-passes.ts';
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
  const decision = decide(evaluation.accuracy, lower);
  if (decision === 'sure') {
    return {
      outcome: 'passed',
      message: `${reached}, at or above the pass mark of ${formatPercent(lower.value)} from ${ground}.`,
      advice: null,
      evidence,
    };
  }
  const passing = bands === null ? [] : whoPasses(evaluation.accuracy, bands);
  if (lower.zone !== undefined && decision !== 'lost') {
    return inBetween(reached, evaluation, lower, lower.zone, [...evidence, ...passing]);
  }
  return {
    outcome: 'failed',
    message: `${reached}. ${missedText(lower)}`,
    advice: adviceFor(evaluation, lower.value, context),
    evidence: [...evidence, ...passing],
  };
}

/** What it means to lie below the mark, and below the zone where there is one. */
function missedText({ value, n, coverage, confidence, stuck, zone }: ToleranceBound): string {
  const runs = `runs of this recipe${stuck === undefined ? '' : ' that are not stuck'}`;
  if (zone === undefined) {
    return `The pass mark is ${formatPercent(value)}: with ${formatPercent(confidence, 0)} confidence, at least ${formatPercent(coverage, 0)} of all ${runs} reach it (${n} reference runs).`;
  }
  return `The pass mark is ${formatPercent(value)}: with ${formatPercent(confidence, 0)} confidence, at most 1 in ${zone.honestOneIn} ${runs} lies below it. Below ${formatPercent(zone.lostBelow)} nothing is given: none of the ${n} reference runs came to as little.`;
}

/** Neither surely fine nor surely not: the runs cannot tell, so the lab has said beforehand who decides. */
function inBetween(
  reached: string,
  { accuracy }: Evaluation,
  { value, n, stuck }: ToleranceBound,
  { lostBelow, sureFrom, between, honestOneIn, worse }: NonNullable<ToleranceBound['zone']>,
  evidence: Verdict['evidence'],
): Verdict {
  const runs = `${n} reference runs`;
  const why =
    accuracy >= value
      ? `That reaches the pass mark of ${formatPercent(value)}, but so might more than 1 in ${worse.oneIn} models that are ${worse.shiftSd} standard deviations worse, as far as ${runs} tell; from ${formatPercent(sureFrom)} on there is no doubt`
      : stuck === undefined
        ? `That is below the pass mark of ${formatPercent(value)}, which at most 1 in ${honestOneIn} honest runs misses, but not below ${formatPercent(lostBelow)}, from where on an honest run may lie as far as ${runs} tell`
        : `That is below the pass mark of ${formatPercent(value)} of runs that work, but ${stuck} of ${runs} of this recipe got stuck and came to as little`;
  const decides = between === 'reader' ? 'a person decides' : 'half of the points are given';
  return {
    outcome: between === 'reader' ? 'needs-review' : 'partial',
    message: `${reached}. ${why}: ${decides}.`,
    advice:
      between === 'reader'
        ? 'Say how the model was trained. If it was trained exactly as the exercise says, another run of it may come out higher.'
        : 'Another run of the same training may come out higher.',
    evidence: [
      ...evidence,
      {
        kind: 'text',
        label: 'Between surely not and surely fine',
        text: `${formatPercent(lostBelow)} to ${formatPercent(sureFrom)}`,
      },
    ],
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

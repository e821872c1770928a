import { furtherRunProbability, mean, standardDeviation } from '@labproof/core/statistics';
import type { Evidence } from '../../grade/evidence.ts';
import { formatDecimal, formatPercent } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { notEvaluated, withoutModel } from '../shared/absent.ts';
import { reproduce } from './reproduction-trials.ts';

/** Below this a person looks; at 200 honest submissions two are expected to come to one all the same. */
const LEAST_LIKELY = 0.01;

/** Does training the submitted recipe again make the submitted accuracy likely? */
export async function checkReproduction(
  context: CheckContext,
  { trials }: { readonly trials: number },
): Promise<Verdict> {
  const absent = withoutModel(context, 'there is nothing to reproduce');
  if (absent !== null) return absent;
  const { evaluation, impossible } = context.evaluate(context.scale.value);
  if (evaluation === null) return notEvaluated(impossible);
  const reproduction = await reproduce(context, trials);
  if (reproduction === null || reproduction.model === null) {
    return {
      outcome: 'needs-review',
      message:
        'The submitted recipe was not trained again, so whether the accuracy is believable needs manual grading.',
      advice: null,
      evidence: [],
    };
  }
  const { accuracies, model, from, changed } = reproduction;
  const { accuracy } = evaluation;
  const likely = furtherRunProbability(model, accuracy, 1 / context.dataset().test.count);
  const runs =
    from === 'bands'
      ? `${accuracies.length} reference runs of the exercise's recipe`
      : `${accuracies.length} trainings of the submitted recipe`;
  const evidence: Evidence[] = [
    {
      kind: 'measurement',
      label: 'Submitted model on the test set',
      value: accuracy,
      unit: 'accuracy',
    },
    { kind: 'measurement', label: `Mean of ${runs}`, value: mean(accuracies), unit: 'accuracy' },
    {
      kind: 'text',
      label: 'How likely',
      text: `A further run lies this far from the mean or farther with a probability of ${shown(likely)} (${model.spreadFrom === 'pooled' ? 'a prediction with the spread of sister exercises' : "Student's t of a prediction"} on the logit scale, n = ${accuracies.length}${model.stuck > 0 ? `, of which ${model.stuck} got stuck` : ''}, standard deviation ${formatDecimal(standardDeviation(accuracies), 5)}); below ${LEAST_LIKELY} a person looks, which an honest run comes to one time in ${1 / LEAST_LIKELY}.`,
    },
    ...(changed.length === 0
      ? []
      : [{ kind: 'text', label: 'Submitted recipe', text: changed.join('; ') } as const]),
  ];
  if (likely >= LEAST_LIKELY) {
    return {
      outcome: 'passed',
      message: `${formatPercent(accuracy)} is likely for this recipe: ${runs} give ${formatPercent(mean(accuracies))} on average (probability ${shown(likely)}).`,
      advice: null,
      evidence,
    };
  }
  const side = accuracy > mean(accuracies) ? 'more' : 'less';
  return {
    outcome: 'needs-review',
    message: `${formatPercent(accuracy)} is ${side} than this recipe gives: ${runs} have ${formatPercent(mean(accuracies))} on average, and so far from it lies a run in ${likely > 0 ? `about ${Math.round(1 / likely)}` : 'very many'}. This needs manual grading.`,
    advice: 'Say how the model was trained.',
    evidence,
  };
}

function shown(probability: number): string {
  return probability < 0.0001 ? 'less than 0.0001' : probability.toFixed(4);
}

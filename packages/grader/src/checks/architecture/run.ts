import { comparePlans, describePlan, formatCount, formatPlural } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { modelOf, withoutModel } from '../shared/absent.ts';

/** Does the submitted model have the exercise's layers and as many parameters? Every difference is named. */
export function checkArchitecture(context: CheckContext): Verdict {
  const absent = withoutModel(context, 'its layers cannot be examined');
  if (absent !== null) return absent;
  const { exercise } = context;
  const { plan, layersFrom } = modelOf(context);
  const expected = context.reference();
  const differences = comparePlans(expected, plan);
  const { parameters } = plan;
  if (parameters !== expected.parameters) {
    differences.push({
      kind: 'difference',
      label: 'parameters',
      expected: formatCount(expected.parameters),
      found: formatCount(parameters),
    });
  }
  const measured = {
    kind: 'measurement',
    label: 'Parameters of the submitted model',
    value: parameters,
    unit: 'parameters',
  } as const;
  if (differences.length === 0) {
    return {
      outcome: 'passed',
      message: `The model has the layers of ${exercise?.id}: ${describePlan(expected)}, with ${formatCount(parameters)} parameters.${layersFrom === 'exercise' ? ' The file holds the arrays alone, and all of them fit; the activations and the layers without arrays are not in it and were taken from the exercise.' : ''}`,
      advice: null,
      evidence: [measured],
    };
  }
  const [first] = differences;
  return {
    outcome: 'failed',
    message: `The model differs from ${exercise?.id} in ${formatPlural(differences.length, 'place')}: ${first?.label ?? ''} should be ${first?.expected ?? ''} and is ${first?.found ?? ''}${differences.length > 1 ? '; the others are listed below' : ''}.`,
    advice: `Build ${describePlan(expected)}, train it and hand in that model.`,
    evidence: [measured, ...differences],
  };
}

import { compareModel, describePlan, formatCount, formatPlural } from '@labproof/submission';
import type { ModelPlan } from '@labproof/core';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { modelOf, withoutModel } from '../shared/absent.ts';

/** Does the submitted model have the exercise's layers and as many parameters? Every difference is named. */
export function checkArchitecture(context: CheckContext): Verdict {
  const absent = withoutModel(context, 'its layers cannot be examined');
  if (absent !== null) return absent;
  const { exercise } = context;
  const model = modelOf(context);
  const { plan, layersFrom, framework, exported } = model;
  const expected = context.reference();
  const folded = exported && normalizations(expected) > normalizations(plan);
  if (folded) return foldedNormalizations(model.path);
  const differences = compareModel(expected, model);
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
      message: `The model has the layers of ${exercise?.id}: ${describePlan(expected, framework)}, with ${formatCount(parameters)} parameters.${exported && hasDropout(expected) ? ' Dropout acts in training alone and is in no exported file, so it was not looked for.' : ''}${layersFrom === 'exercise' ? ' The file holds the arrays alone, and all of them fit; the activations and the layers without arrays are not in it and were taken from the exercise.' : ''}`,
      advice: null,
      evidence: [measured],
    };
  }
  const [first] = differences;
  return {
    outcome: 'failed',
    message: `The model differs from ${exercise?.id} in ${formatPlural(differences.length, 'place')}: ${first?.label ?? ''} should be ${first?.expected ?? ''} and is ${first?.found ?? ''}${differences.length > 1 ? '; the others are listed below' : ''}.`,
    advice: `Build ${describePlan(expected, framework)}, train it and hand in that model.`,
    evidence: [measured, ...differences],
  };
}

function hasDropout({ layers }: ModelPlan): boolean {
  return layers.some(({ className }) => className === 'Dropout');
}

function normalizations({ layers }: ModelPlan): number {
  return layers.filter(({ className }) => className === 'BatchNormalization').length;
}

/** An exporter computes a batch normalisation into the convolution before it: nobody can tell from the file. */
function foldedNormalizations(path: string): Verdict {
  return {
    outcome: 'needs-review',
    message: `The exercise has a batch normalisation that ${path} does not show: exporters compute it into the layer before it, so the file does not say whether it was there.`,
    advice:
      'Hand in the model as its framework saves it too: torch.save(model.state_dict(), "name.pt") or model.save("name.keras").',
    evidence: [],
  };
}

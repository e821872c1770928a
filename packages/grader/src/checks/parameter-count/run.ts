import { formatCount } from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';
import type { CheckContext } from '../check-context.ts';
import { modelOf, withoutModel } from '../shared/absent.ts';
import type { Verdict } from '../verdict.ts';

/** From `least` to `most`, both included; without one of them the range is open there. */
export interface ParameterRange {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

/** Does the submitted model have as many parameters as asked, trained or not, as `model.summary()` counts them? */
export function checkParameterCount(
  context: CheckContext,
  { least = 0, most = Number.POSITIVE_INFINITY }: ParameterRange,
): Verdict {
  const absent = withoutModel(context, 'its parameters cannot be counted');
  if (absent !== null) return absent;
  const { parameters } = modelOf(context).plan;
  const evidence: Evidence[] = [
    {
      kind: 'measurement',
      label: 'Parameters of the submitted model',
      value: parameters,
      unit: 'parameters',
    },
    ...(least > 0 ? [bound('Fewest parameters', least, 'lower')] : []),
    ...(Number.isFinite(most) ? [bound('Most parameters', most, 'upper')] : []),
  ];
  const range = rangeWords({ least, most });
  if (parameters >= least && parameters <= most) {
    return {
      outcome: 'passed',
      message: `The model has ${formatCount(parameters)} parameters; asked are ${range}.`,
      advice: null,
      evidence,
    };
  }
  const over = parameters > most;
  return {
    outcome: 'failed',
    message: `The model has ${formatCount(parameters)} parameters, ${formatCount(over ? parameters - most : least - parameters)} too ${over ? 'many' : 'few'}; asked are ${range}.`,
    advice: over
      ? 'Make layers smaller, or leave one out: model.summary() says where the parameters are.'
      : 'Give layers more units or filters, or add one.',
    evidence,
  };
}

/** `at most 20,000`, `at least 100`, `100 to 20,000`. */
export function rangeWords({ least = 0, most = Number.POSITIVE_INFINITY }: ParameterRange): string {
  if (least === 0) return `at most ${formatCount(most)}`;
  return Number.isFinite(most)
    ? `${formatCount(least)} to ${formatCount(most)}`
    : `at least ${formatCount(least)}`;
}

function bound(label: string, value: number, side: 'lower' | 'upper'): Evidence {
  return {
    kind: 'bound',
    label,
    value,
    unit: 'count',
    side,
    source: 'as the question asks',
    n: null,
    coverage: null,
    confidence: null,
  };
}

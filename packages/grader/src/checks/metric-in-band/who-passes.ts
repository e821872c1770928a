import { type Bands, deviationsFromRuns, operatingCurveOf } from '@labproof/core';
import { operatingCurveText } from '@labproof/core/statistics';
import { formatPercent } from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';

/**
 * For whoever does not have the point, or not yet: where the model lies among the runs, how far down those came, and
 * which share of honest runs and of worse models the mark lets pass, with what the runs leave open.
 */
export function whoPasses(accuracy: number, bands: Bands): Evidence[] {
  const { n, test, trials } = bands;
  // Fewer say nothing of how runs scatter.
  if (trials.length < 2) return [];
  const { min, max, mean } = test.accuracy;
  const away = deviationsFromRuns(bands, accuracy);
  const working = test.accuracyLower.stuck === undefined ? 'runs' : 'runs that are not stuck';
  return [
    {
      kind: 'text',
      label: 'Where this model lies',
      text: `${Math.abs(away).toFixed(1)} standard deviations ${away < 0 ? 'below' : 'above'} the mean of ${working} (logit scale); all ${n} reference runs lie between ${formatPercent(min)} and ${formatPercent(max)}, ${formatPercent(mean)} on average`,
    },
    {
      kind: 'text',
      label: 'Who reaches the pass mark',
      text: `${operatingCurveText(operatingCurveOf(bands))} (sd: standard deviation of runs; in brackets what ${n} runs leave open, with 95 % confidence)`,
    },
  ];
}

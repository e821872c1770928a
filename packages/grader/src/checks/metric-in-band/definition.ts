import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkMetricInBand } from './run.ts';

/** The model's own test accuracy is at or above the measured lower bound. */
export const metricInBand: CheckKind<SpecOf<'metric-in-band'>> = {
  kind: 'metric-in-band',
  title: 'Accuracy of the submitted weights',
  needs: ['test-images'],
  gradedBy: (_, { passMark }) =>
    `the test accuracy of the model that you hand in${passMark === null ? '' : `, ${passMark}`}`,
  run: checkMetricInBand,
};

import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkMetricInBand } from './run.ts';

/** The model's own test accuracy is at or above the measured lower bound. */
export const metricInBand: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('metric-in-band'),
    points: z.number().positive(),
  }),
  title: 'Accuracy of the submitted weights',
  needs: ['test-images', 'pass-mark'],
  judgesAnyNetwork: true,
  selfCheck: 'same',
  gradedBy: (_, { passMark }) =>
    `the test accuracy of the model that you hand in${passMark === null ? '' : `, ${passMark}`}`,
  run: checkMetricInBand,
});

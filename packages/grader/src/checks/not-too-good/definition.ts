import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkNotTooGood } from './run.ts';

/** The model's accuracy is not above the measured upper bound; more goes to a reader. */
export const notTooGood: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('not-too-good'),
    points: z.number().positive(),
  }),
  title: 'Whether the accuracy can be right',
  needs: ['test-images'],
  selfCheck: 'in-grading',
  gradedBy: () => 'whether the accuracy can be right',
  run: checkNotTooGood,
});

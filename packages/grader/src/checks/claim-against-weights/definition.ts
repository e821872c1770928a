import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkClaimAgainstWeights } from './run.ts';

/** A number written in the answer agrees with what the model does. */
export const claimAgainstWeights: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('claim-against-weights'),
    metric: z.enum(['accuracy', 'loss']),
    points: z.number().positive(),
  }),
  title: 'The number in the answer',
  needs: ['test-images'],
  selfCheck: 'same',
  detail: ({ metric }) => metric,
  gradedBy: ({ metric }) => `the ${metric} in your answer, beside what your model does`,
  run: checkClaimAgainstWeights,
});

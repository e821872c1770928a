import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkClaimAgainstOutput } from './run.ts';

/** A number in the student's own words stands in the output that was handed in with it. */
export const claimAgainstOutput: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('claim-against-output'),
    points: z.number().positive(),
    metric: z.enum(['accuracy', 'loss']),
  }),
  title: 'The number beside the printed output',
  needs: [],
  selfCheck: 'same',
  detail: ({ metric }) => metric,
  gradedBy: () => 'the number in your answer, beside the output that you hand in',
  run: checkClaimAgainstOutput,
});

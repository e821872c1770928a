import { z } from 'zod';

/** A number in the student's own words stands in the output that was handed in with it. */
export const ClaimAgainstOutputSpec = z.strictObject({
  kind: z.literal('claim-against-output'),
  points: z.number().positive(),
  metric: z.enum(['accuracy', 'loss']),
});

import { z } from 'zod';

/** A number written in the answer agrees with what the model does. */
export const ClaimAgainstWeightsSpec = z.strictObject({
  kind: z.literal('claim-against-weights'),
  metric: z.enum(['accuracy', 'loss']),
  points: z.number().positive(),
});

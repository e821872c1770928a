import { z } from 'zod';

/** What this answer states agrees with what the answer to `other` states of the same metric. */
export const ContradictionSpec = z.strictObject({
  kind: z.literal('contradiction'),
  points: z.number().positive(),
  metric: z.enum(['accuracy', 'loss']),
  /** Id of the question whose answer speaks of the same model. */
  other: z.string(),
});

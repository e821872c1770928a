import { z } from 'zod';

/** Re-training the submitted recipe makes the submitted accuracy likely. */
export const ReproductionSpec = z.strictObject({
  kind: z.literal('reproduction'),
  points: z.number().positive(),
  /** Seeds with which another recipe than the exercise's is trained. */
  trials: z.int().min(3).max(100).default(5),
});

import { z } from 'zod';

/** The model's accuracy is not above the measured upper bound; more goes to a reader. */
export const NotTooGoodSpec = z.strictObject({
  kind: z.literal('not-too-good'),
  points: z.number().positive(),
});

import { z } from 'zod';

/** The training log ran the exercise's epochs, and its last values are plausible against the bands. */
export const HistorySpec = z.strictObject({
  kind: z.literal('history'),
  points: z.number().positive(),
});

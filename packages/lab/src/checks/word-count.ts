import { z } from 'zod';

/** The answer has from `least` to `most` words. */
export const WordCountSpec = z.strictObject({
  kind: z.literal('word-count'),
  points: z.number().positive(),
  least: z.int().positive(),
  most: z.int().positive().optional(),
});

import { z } from 'zod';
import { RubricItemSchema } from '../rubric.ts';

/** Read by a human with the rubric, whose `words` suggest what is there. */
export const FreeTextSpec = z.strictObject({
  kind: z.literal('free-text'),
  points: z.number().positive(),
  rubric: z.array(RubricItemSchema).min(1),
});

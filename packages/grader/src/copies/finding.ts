import { z } from 'zod';

/**
 * Something about several submissions, or about one, that a human should look at. It never changes a grade, and every
 * kind has an innocent explanation, which its message names.
 */
export const FindingSchema = z.strictObject({
  kind: z.enum([
    'identical-weights',
    'same-units',
    'same-predictions',
    'similar-answers',
    'above-band',
    'test-images-memorised',
    'worse-on-hidden-images',
  ]),
  /** In code-unit order. */
  students: z.array(z.string()).min(1),
  exercise: z.string().nullable(),
  question: z.string().nullable(),
  message: z.string(),
  /** What was measured, how sure that is, and how often it is wrong. */
  statistic: z.strictObject({
    name: z.string(),
    /** Of the pair that is farthest out. */
    value: z.number(),
    threshold: z.number(),
    falseAlarms: z.string(),
  }),
  /** The pairs that were found, farthest out first; empty where the finding is about one submission. */
  pairs: z.array(z.strictObject({ students: z.array(z.string()), value: z.number() })),
  /** Text of submissions that shows it. Untrusted. */
  excerpts: z.array(z.strictObject({ student: z.string(), text: z.string() })),
});
export type Finding = z.infer<typeof FindingSchema>;

import { z } from 'zod';
import { PassingRuleSchema } from './passing-rule.ts';

/**
 * A one-sided tolerance bound: with the stated confidence, at least the stated share (coverage) of all runs of this
 * recipe lie on the good side of it.
 */
export const ToleranceBoundSchema = z.strictObject({
  value: z.number(),
  side: z.enum(['lower', 'upper']),
  coverage: z.number(),
  confidence: z.number(),
  n: z.int(),
  /** The tolerance factor: bound = mean ± k · sd on the named scale. Null where the bound is an order statistic. */
  k: z.number().nullable(),
  /**
   * Where runs fall into groups no normal distribution fits them, and the bound is one of the measured values: the
   * rank-th smallest of a lower bound, the rank-th largest of an upper one.
   */
  rank: z.int().optional(),
  scale: z.enum(['identity', 'logit', 'log']),
  /** Where the standard deviation comes from: the runs alone unless told, or together with those of sister exercises. */
  spreadFrom: z.enum(['own', 'pooled']).optional(),
  /** Runs of these that are stuck: the bound is that of the others. */
  stuck: z.int().optional(),
  /** What is decided beside the bound: below `lostBelow` nothing is given, from `sureFrom` on everything. */
  zone: z
    .strictObject({
      lostBelow: z.number(),
      sureFrom: z.number(),
      between: PassingRuleSchema.shape.between,
      /** In how many honest runs one lies below the bound, at most. */
      honestOneIn: z.int(),
      worse: PassingRuleSchema.shape.worse,
    })
    .optional(),
});
export type ToleranceBound = z.infer<typeof ToleranceBoundSchema>;

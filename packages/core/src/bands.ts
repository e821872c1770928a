import { z } from 'zod';
import { RecipeSchema } from './recipe.ts';

/** Mean, standard deviation and quantiles of one metric over the trials. */
export const SpreadSchema = z.strictObject({
  mean: z.number(),
  sd: z.number(),
  min: z.number(),
  q05: z.number(),
  q25: z.number(),
  median: z.number(),
  q75: z.number(),
  q95: z.number(),
  max: z.number(),
});
export type Spread = z.infer<typeof SpreadSchema>;

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
});
export type ToleranceBound = z.infer<typeof ToleranceBoundSchema>;

/** What repeated seeded trials of one exercise gave: the measured ground of every threshold. */
export const BandsSchema = z.strictObject({
  exercise: z.string(),
  arithmetic: z.string(),
  recipeHash: z.string(),
  dataDigest: z.string(),
  /** The recipe itself, so that a later change of it can be named. */
  recipe: RecipeSchema.optional(),
  /** The digest of the first seed after a short prefix of the training, for a quick check of identity. */
  prefix: z.strictObject({ seed: z.int(), digest: z.string() }).optional(),
  n: z.int(),
  seeds: z.array(z.int()),
  /** `quick` bands come from a shortened recipe and are for demonstrations only. */
  length: z.enum(['full', 'quick']),
  epochs: z.array(
    z.strictObject({
      epoch: z.int(),
      loss: SpreadSchema,
      accuracy: SpreadSchema,
      valLoss: SpreadSchema.nullable(),
      valAccuracy: SpreadSchema.nullable(),
    }),
  ),
  test: z.strictObject({
    loss: SpreadSchema,
    accuracy: SpreadSchema,
    accuracyLower: ToleranceBoundSchema,
    accuracyUpper: ToleranceBoundSchema,
    lossUpper: ToleranceBoundSchema,
  }),
  trials: z.array(
    z.strictObject({
      seed: z.int(),
      digest: z.string(),
      loss: z.number(),
      accuracy: z.number(),
    }),
  ),
  secondsPerEpoch: SpreadSchema,
  environment: z.record(z.string(), z.string()),
});
export type Bands = z.infer<typeof BandsSchema>;

import { z } from 'zod';
import { SpreadSchema } from '../statistics/spread.ts';
import { ToleranceBoundSchema } from '../statistics/tolerance-bound.ts';
import { OperatingPointSchema } from '../statistics/operating-curve.ts';
import { RecipeSchema } from '../recipe/recipe.ts';
import { PassingSchema } from './passing.ts';

/** What repeated seeded trials of one exercise gave: the measured ground of every threshold. */
export const BandsSchema = z.strictObject({
  exercise: z.string(),
  arithmetic: z.string(),
  recipeHash: z.string(),
  dataDigest: z.string(),
  /** What each label was called, in the order of the labels: no digest of the data says so. */
  classes: z.array(z.string()).optional(),
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
  /** By which rule the marks were drawn, and what is known of it; older bands have bounds of 95 % with 95 % confidence. */
  passing: PassingSchema.optional(),
  /** Which share of honest runs, and of models 1 to 5 standard deviations worse, reaches the pass mark. */
  operatingCurve: z.array(OperatingPointSchema).optional(),
  /** Images in the test set; older bands do not say. */
  testCount: z.int().positive().optional(),
  /** SHA-256 of the canonical JSON of all the rest; older bands have none. */
  checksum: z.string().optional(),
});
export type Bands = z.infer<typeof BandsSchema>;

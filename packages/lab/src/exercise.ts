import { BandsSchema, RecipeSchema } from '@labproof/core';
import { ToleranceBoundSchema } from '@labproof/core/statistics';
import { z } from 'zod';
import { PassingWordsSchema } from './passing.ts';

/** One network of a lab: what is trained, how, and what repeated trials of it measured. */
export const ExerciseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string(),
  recipe: RecipeSchema,
  /** `null` until `labproof calibrate` has measured it. */
  bands: BandsSchema.nullable(),
  /** What this exercise wants of its pass mark, where that is not what the lab wants. */
  passing: PassingWordsSchema.optional(),
  /** The lower bound of the test accuracy by itself: what a student edition holds instead of bands. */
  passMark: ToleranceBoundSchema.optional(),
  /** Results that a document printed, to be set beside the measured ones. */
  published: z
    .strictObject({ source: z.string(), loss: z.number().nullable(), accuracy: z.number() })
    .nullable(),
});
export type Exercise = z.infer<typeof ExerciseSchema>;

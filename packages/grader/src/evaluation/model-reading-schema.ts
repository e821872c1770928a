import { EpochSchema } from '@labproof/core';
import { z } from 'zod';
import { EvaluationSchema, HiddenTestSchema } from './evaluation.ts';
import { LayerReadingSchema, ModelFormatSchema, RefusalSchema } from '@labproof/submission';

/** One submitted model as it was read. Exactly one of `refused` and `layers` says something. */
export const ModelReadingSchema = z.strictObject({
  exercise: z.string(),
  path: z.string(),
  format: ModelFormatSchema,
  refused: RefusalSchema.nullable(),
  layers: z.array(LayerReadingSchema),
  parameters: z.int().nullable(),
  /** SHA-256 of the weights, little-endian float32 in layer order. */
  digest: z.string().nullable(),
  evaluation: EvaluationSchema.nullable(),
  /** What was read differently from how it was written, and where the layers come from. Untrusted text. */
  notes: z.array(z.string()).optional(),
  /** Only where the grading had a secret for hidden images. */
  hidden: HiddenTestSchema.optional(),
  /** The training history handed in for this exercise. */
  history: z.array(EpochSchema).nullable(),
});
export type ModelReading = z.infer<typeof ModelReadingSchema>;

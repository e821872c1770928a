import { z } from 'zod';
import { EpochSchema } from '../training/epoch.ts';
import { LandmarkSchema } from '../training/landmarks.ts';

/** The outcome of one seeded training run; part of the `run --json` contract. */
export const TrialResultSchema = z.strictObject({
  seed: z.int().nonnegative(),
  /** SHA-256 of the final weights, little-endian float32 in layer order. */
  digest: z.string(),
  /** The same of the weights before training. */
  initialDigest: z.string(),
  history: z.array(EpochSchema),
  test: z.strictObject({
    loss: z.number(),
    accuracy: z.number(),
    /** SHA-256 of the predicted classes, a byte an image in stored order; absent from engines that do not tell them. */
    classesDigest: z.string().optional(),
  }),
  /** What stood at the landmarks of the training, where they were asked for. */
  landmarks: z.array(LandmarkSchema).optional(),
  /** Wall-clock seconds of the training that produced this result (kept when it comes from the cache). */
  seconds: z.number(),
  cached: z.boolean(),
});
export type TrialResult = z.infer<typeof TrialResultSchema>;

import { z } from 'zod';

/** Metrics after one epoch. Loss and accuracy are means over the epoch's batches while training goes on, as Keras reports them. */
export const EpochSchema = z.strictObject({
  epoch: z.int().positive(),
  loss: z.number(),
  accuracy: z.number(),
  valLoss: z.number().nullable(),
  valAccuracy: z.number().nullable(),
});
export type Epoch = z.infer<typeof EpochSchema>;

/** The outcome of one seeded training run; part of the `run --json` contract. */
export const TrialResultSchema = z.strictObject({
  seed: z.int().nonnegative(),
  /** SHA-256 of the final weights, little-endian float32 in layer order. */
  digest: z.string(),
  /** The same of the weights before training. */
  initialDigest: z.string(),
  history: z.array(EpochSchema),
  test: z.strictObject({ loss: z.number(), accuracy: z.number() }),
  /** Wall-clock seconds of the training that produced this result (kept when it comes from the cache). */
  seconds: z.number(),
  cached: z.boolean(),
});
export type TrialResult = z.infer<typeof TrialResultSchema>;

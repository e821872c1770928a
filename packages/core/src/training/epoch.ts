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

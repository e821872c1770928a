import { z } from 'zod';

/** The number of misclassified test images that the answer states is that of the model. */
export const MisclassifiedCountSpec = z.strictObject({
  kind: z.literal('misclassified-count'),
  points: z.number().positive(),
});

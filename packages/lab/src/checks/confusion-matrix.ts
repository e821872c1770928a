import { z } from 'zod';

/** The matrix in the answer is that of the model. */
export const ConfusionMatrixSpec = z.strictObject({
  kind: z.literal('confusion-matrix'),
  points: z.number().positive(),
});

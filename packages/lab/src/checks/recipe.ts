import { z } from 'zod';

/**
 * Optimiser and loss of the submitted model, and from the code or the printed log also epochs, batch size and
 * whence the validation images come, are the exercise's; `aspects` names those that count, all that a saved
 * model tells unless told.
 */
export const RecipeSpec = z.strictObject({
  kind: z.literal('recipe'),
  points: z.number().positive(),
  aspects: z
    .array(z.enum(['optimizer', 'learning-rate', 'loss', 'epochs', 'batch-size', 'validation']))
    .min(1)
    .optional(),
});

import { z } from 'zod';

/** The submitted model has the exercise's layers and parameter count. */
export const ArchitectureSpec = z.strictObject({
  kind: z.literal('architecture'),
  points: z.number().positive(),
});

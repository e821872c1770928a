import { z } from 'zod';

/** The answer states a quantity in a unit that nobody can check afterwards (seconds an epoch). */
export const NumberSpec = z.strictObject({
  kind: z.literal('number'),
  unit: z.enum(['seconds']),
  points: z.number().positive(),
});

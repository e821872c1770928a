import { z } from 'zod';

/** An image is there, can be read and is not blank. */
export const PlotSpec = z.strictObject({ kind: z.literal('plot'), points: z.number().positive() });

import { z } from 'zod';

/** The model's own test accuracy is at or above the measured lower bound. */
export const MetricInBandSpec = z.strictObject({
  kind: z.literal('metric-in-band'),
  points: z.number().positive(),
});

import { z } from 'zod';

/** A check as a question holds it: which kind, for how many points, and options that the kind itself knows. */
export const CheckSpecSchema = z.looseObject({ kind: z.string(), points: z.number().positive() });
export type CheckSpec = z.infer<typeof CheckSpecSchema>;

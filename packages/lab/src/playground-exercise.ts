import { PlaygroundConfigSchema, PlaygroundSweepSchema } from '@labproof/core/playground';
import { z } from 'zod';

/**
 * An exercise on the playground: it has a configuration in place of a recipe, a target in place of bands, and no
 * submitted model.
 */
export const PlaygroundExerciseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string(),
  /** What is run unless told otherwise. */
  config: PlaygroundConfigSchema,
  epochs: z.int().positive(),
  /** The test loss to get below. */
  target: z.number().positive(),
  /** Where the configuration was claimed to reach the target within the epochs; `null` where nobody did. */
  published: z.string().nullable(),
  /** `null` until `playground-sweep` has measured it. */
  sweep: PlaygroundSweepSchema.nullable(),
});
export type PlaygroundExercise = z.infer<typeof PlaygroundExerciseSchema>;

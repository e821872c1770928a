import { PlaygroundSweepSchema, readPlaygroundConfig } from '@labproof/core/playground';
import type { PlaygroundExercise } from '@labproof/lab';
import { SPIRAL_CLAIM, SPIRAL_CLAIM_EPOCHS, SPIRAL_TARGET } from './claim.ts';
import sweep from './spiral-sweep.json' with { type: 'json' };

/** The question about the least network for the spiral, set up as it was once claimed to be answered. */
export const spiral: PlaygroundExercise = {
  id: 'playground',
  title: 'The least network for the spiral',
  config: readPlaygroundConfig(SPIRAL_CLAIM),
  epochs: SPIRAL_CLAIM_EPOCHS,
  target: SPIRAL_TARGET,
  published: 'one report of the class of 2019',
  sweep: PlaygroundSweepSchema.parse(sweep),
};

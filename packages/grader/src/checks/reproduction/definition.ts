import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkReproduction } from './run.ts';

/** Re-training the submitted recipe makes the submitted accuracy likely. */
export const reproduction: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('reproduction'),
    points: z.number().positive(),
    /** Seeds with which another recipe than the exercise's is trained. */
    trials: z.int().min(3).max(100).default(5),
  }),
  title: 'Training the recipe again',
  needs: ['test-images', 'recipe'],
  selfCheck: 'in-grading',
  gradedBy: () => 'training the recipe again',
  run: checkReproduction,
});

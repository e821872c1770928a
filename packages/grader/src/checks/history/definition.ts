import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkHistory } from './run.ts';

/** The training log ran the exercise's epochs, and its last values are plausible against the bands. */
export const history: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('history'),
    points: z.number().positive(),
  }),
  title: 'The training log',
  needs: ['history', 'recipe'],
  selfCheck: 'same',
  gradedBy: () => 'the training log that you hand in',
  run: checkHistory,
});

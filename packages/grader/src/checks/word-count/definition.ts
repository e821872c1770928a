import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkWordCount } from './run.ts';

/** The answer has from `least` to `most` words. */
export const wordCount: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('word-count'),
    points: z.number().positive(),
    least: z.int().positive(),
    most: z.int().positive().optional(),
  }),
  title: 'The length of the answer',
  needs: [],
  selfCheck: 'same',
  gradedBy: () => 'the length of your answer',
  run: checkWordCount,
});

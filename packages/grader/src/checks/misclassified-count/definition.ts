import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkMisclassifiedCount } from './run.ts';

/** The number of misclassified test images that the answer states is that of the model. */
export const misclassifiedCount: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('misclassified-count'),
    points: z.number().positive(),
  }),
  title: 'How many images are misclassified',
  needs: ['test-images'],
  selfCheck: 'same',
  gradedBy: () => 'the number of misclassified images in your answer, beside what your model does',
  run: checkMisclassifiedCount,
});

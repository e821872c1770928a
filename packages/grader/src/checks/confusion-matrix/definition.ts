import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkConfusionMatrix } from './run.ts';

/** The matrix in the answer is that of the model. */
export const confusionMatrix: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('confusion-matrix'),
    points: z.number().positive(),
  }),
  title: 'The confusion matrix',
  needs: ['test-images'],
  selfCheck: 'same',
  gradedBy: () => 'the confusion matrix in your answer, beside what your model does',
  run: checkConfusionMatrix,
});

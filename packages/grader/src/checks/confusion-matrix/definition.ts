import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkConfusionMatrix } from './run.ts';

/** The matrix in the answer is that of the model. */
export const confusionMatrix: CheckKind<SpecOf<'confusion-matrix'>> = {
  kind: 'confusion-matrix',
  title: 'The confusion matrix',
  needs: ['test-images'],
  gradedBy: () => 'the confusion matrix in your answer, beside what your model does',
  run: checkConfusionMatrix,
};

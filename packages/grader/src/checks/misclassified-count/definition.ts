import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkMisclassifiedCount } from './run.ts';

/** The number of misclassified test images that the answer states is that of the model. */
export const misclassifiedCount: CheckKind<SpecOf<'misclassified-count'>> = {
  kind: 'misclassified-count',
  title: 'How many images are misclassified',
  needs: ['test-images'],
  gradedBy: () => 'the number of misclassified images in your answer, beside what your model does',
  run: checkMisclassifiedCount,
};

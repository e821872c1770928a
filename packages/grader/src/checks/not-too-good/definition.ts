import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkNotTooGood } from './run.ts';

/** The model's accuracy is not above the measured upper bound; more goes to a reader. */
export const notTooGood: CheckKind<SpecOf<'not-too-good'>> = {
  kind: 'not-too-good',
  title: 'Whether the accuracy can be right',
  needs: ['test-images'],
  gradedBy: () => 'whether the accuracy can be right',
  run: checkNotTooGood,
};

import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkHistory } from './run.ts';

/** The training log ran the exercise's epochs, and its last values are plausible against the bands. */
export const history: CheckKind<SpecOf<'history'>> = {
  kind: 'history',
  title: 'The training log',
  needs: ['history'],
  gradedBy: () => 'the training log that you hand in',
  run: checkHistory,
};

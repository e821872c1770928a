import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkReproduction } from './run.ts';

/** Re-training the submitted recipe makes the submitted accuracy likely. */
export const reproduction: CheckKind<SpecOf<'reproduction'>> = {
  kind: 'reproduction',
  title: 'Training the recipe again',
  needs: ['test-images'],
  gradedBy: () => 'training the recipe again',
  run: checkReproduction,
};

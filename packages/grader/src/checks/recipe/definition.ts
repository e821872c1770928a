import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkRecipe } from './run.ts';

/**
 * Optimiser and loss of the submitted model, and from the code or the printed log also epochs, batch size and
 * whence the validation images come, are the exercise's; `aspects` names those that count, all that a saved
 * model tells unless told.
 */
export const recipe: CheckKind<SpecOf<'recipe'>> = {
  kind: 'recipe',
  title: 'How the model was trained',
  needs: [],
  gradedBy: () => 'how the model was trained, as your files tell',
  run: checkRecipe,
};

import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { ASPECTS } from '../shared/stated-recipe.ts';
import { checkRecipe } from './run.ts';

/**
 * Optimiser and loss of the submitted model, and from the code or the printed log also epochs, batch size and
 * whence the validation images come, are the exercise's; `aspects` names those that count, all that a saved
 * model tells unless told.
 */
export const recipe: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('recipe'),
    points: z.number().positive(),
    aspects: z.array(z.enum(ASPECTS)).min(1).optional(),
  }),
  title: 'How the model was trained',
  needs: ['recipe'],
  answeredByCode: 'training',
  selfCheck: 'same',
  gradedBy: () => 'how the model was trained, as your files tell',
  run: checkRecipe,
});

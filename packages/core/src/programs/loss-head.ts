import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import type { Loss } from '../recipe/recipe.ts';

/** A crossentropy is only trained together with the function that makes probabilities of its logits. */
export function wrongHead(loss: Loss, head: 'softmax' | 'sigmoid'): LabproofError {
  return coreError(`recipe-crossentropy-without-${head}`, {
    message: `The loss ${loss} needs a last layer with ${head}, and this model has none.`,
    fix: `Give the last layer activation "${head}", or use mean_squared_error.`,
  });
}

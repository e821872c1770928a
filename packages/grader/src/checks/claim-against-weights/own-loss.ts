import type { CheckContext } from '../check-context.ts';

/**
 * The loss that a model says it was compiled with, where it is another one than the exercise's: what its own `evaluate` prints
 * is then another number than the one that is measured here. `null` where both are the same, or it says nothing. The two
 * categorical crossentropies are one loss; so are all crossentropies of two classes.
 */
export function otherLossOf({ model, exercise }: CheckContext): string | null {
  const own = model?.state === 'read' ? (model.trainingConfig?.loss ?? null) : null;
  const asked = exercise?.recipe.loss ?? null;
  if (own === null || asked === null || familyOf(own) === familyOf(asked)) return null;
  const isOfTwoClasses = asked === 'binary_crossentropy' && own.endsWith('crossentropy');
  return isOfTwoClasses ? null : own;
}

function familyOf(loss: string): string {
  return loss.replace(/^sparse_/u, '');
}

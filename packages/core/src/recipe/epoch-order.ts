import type { Recipe } from './recipe.ts';

/**
 * In which order the epochs of a training take its examples: another one in each, that of the first in all of them (a Keras 3 on
 * TensorFlow that was seeded), or that of the data.
 */
export type EpochOrder = 'new-every-epoch' | 'same-every-epoch' | 'stored';

export function epochOrderOf({ shuffle }: Pick<Recipe, 'shuffle'>): EpochOrder {
  if (shuffle === 'once') return 'same-every-epoch';
  return shuffle ? 'new-every-epoch' : 'stored';
}

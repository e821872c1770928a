import type { Recipe } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { syntheticDataset, syntheticRecipe } from '../../../core/test/training/synthetic.ts';

export const DATASET = syntheticDataset();

/** So many epochs take a moment, so that something is under way when a test interferes. */
export const RECIPE: Recipe = syntheticRecipe({ epochs: 40 });

/** A lab with one exercise on made-up data. */
export const LAB: Lab = {
  id: 'thirds',
  title: 'Thirds',
  version: '1.0.0',
  introduction: 'Learn to see thirds.',
  exercises: [{ id: 'small', title: 'Small', recipe: RECIPE, bands: null, published: null }],
  questions: [
    {
      id: 'q1',
      number: 1,
      title: 'Size',
      prompt: 'Hand in the network.',
      exercise: 'small',
      checks: [{ kind: 'architecture', points: 1 }],
    },
  ],
};

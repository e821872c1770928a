import type { Exercise } from '../exercise.ts';
import type { RecipeCode } from './code-pieces.ts';
import type { Framework } from './framework.ts';
import { kerasCode } from './keras/keras-code.ts';
import { pytorchCode } from './pytorch/pytorch-code.ts';

/** What an exercise's recipe is in the words of a framework. */
export function recipeCode(exercise: Exercise, framework: Framework): RecipeCode {
  return framework === 'keras' ? kerasCode(exercise) : pytorchCode(exercise);
}

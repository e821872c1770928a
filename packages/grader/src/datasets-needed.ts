import { exercisesOf, type Lab } from '@labproof/core';
import { needsTestImages } from './checks/check.ts';

/** The datasets of the exercises whose models are examined, in the order of the questions. */
export function datasetsNeeded(lab: Lab): string[] {
  const ids = lab.questions
    .filter(({ checks }) => checks.some(needsTestImages))
    .flatMap(exercisesOf)
    .flatMap((id) => lab.exercises.filter((exercise) => exercise.id === id))
    .map(({ recipe }) => recipe.dataset);
  return [...new Set(ids)];
}

import { type Exercise, type Lab, LabproofError } from '@labproof/core';
import { findExercise, findLab } from '@labproof/exercises';

/** Splits `LAB[/EXERCISE]`; unknown names are errors with a suggestion. */
export function resolveTarget(target: string): {
  lab: Lab;
  exercises: Exercise[];
  single: boolean;
} {
  const [labId = '', exerciseId, ...rest] = target.split('/');
  if (rest.length > 0 || exerciseId === '') {
    throw new LabproofError({
      code: 'cli-bad-target',
      owner: 'instructor',
      message: `"${target}" is not of the form LAB or LAB/EXERCISE`,
      fix: 'See "labproof labs" for the names.',
    });
  }
  const lab = findLab(labId);
  return exerciseId === undefined
    ? { lab, exercises: lab.exercises, single: false }
    : { lab, exercises: [findExercise(lab, exerciseId)], single: true };
}

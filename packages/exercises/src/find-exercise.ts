import { type Exercise, type Lab, playgroundsOf } from '@labproof/lab';
import { unknownName } from './errors.ts';
import { exerciseErrors } from './exercise-errors.ts';

/** An exercise of a lab by its id; `exercise-unknown` when the lab has none of that name. */
export function findExercise(lab: Lab, id: string): Exercise {
  const exercise = lab.exercises.find((exercise) => exercise.id === id);
  if (exercise !== undefined) return exercise;
  const playgrounds = playgroundsOf(lab).map((playground) => playground.id);
  if (playgrounds.includes(id)) {
    throw exerciseErrors.error('exercise-on-playground', {
      message: `The exercise "${id}" is one on the playground: it has no recipe, so there is nothing to calibrate or to verify.`,
      fix: `Run it with "labproof run ${lab.id}/${id}".`,
    });
  }
  const known = [...lab.exercises.map((exercise) => exercise.id), ...playgrounds];
  throw unknownName('exercise', id, known, ` in the lab "${lab.id}"`);
}

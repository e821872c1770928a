export { exerciseErrors } from './exercise-errors.ts';
export { findExercise } from './find-exercise.ts';
export { Labs } from './labs.ts';

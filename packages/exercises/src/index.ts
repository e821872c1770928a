export { exerciseErrors } from './exercise-errors.ts';
export { findExercise } from './find-exercise.ts';
export { KeptReadings } from './kept-readings.ts';
export { Labs } from './labs.ts';

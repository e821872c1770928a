export { findExercise } from './find-exercise.ts';
export { Labs } from './labs.ts';

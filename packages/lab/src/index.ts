export { type CheckSpec, CheckSpecSchema } from './checks/spec.ts';
export { type Exercise, ExerciseSchema } from './exercise.ts';
export { hiddenTestSet } from './hidden-test-set.ts';
export { type Lab, LabSchema, playgroundsOf } from './lab.ts';
export { type LabFile, LabFileSchema } from './lab-file.ts';
export { type PlaygroundExercise, PlaygroundExerciseSchema } from './playground-exercise.ts';
export { exercisesOf, type Question, questionPoints, QuestionSchema } from './question.ts';
export { type RubricItem, RubricItemSchema } from './rubric.ts';
export { isOpenExercise, onlyInGrading, studentEdition } from './student-edition.ts';

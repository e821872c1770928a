export type { CheckForm, CheckIssue, CheckKind, Need } from './checks/check-kind.ts';
export { CheckKinds } from './checks/check-kinds.ts';
export { type CheckSpec, CheckSpecSchema } from './checks/check-spec.ts';
export { labErrors } from './errors.ts';
export { defineLab } from './define-lab.ts';
export { type Exercise, ExerciseSchema } from './exercise.ts';
export {
  INTRODUCTION_FILE,
  isLabFile,
  LAB_FILES,
  LAB_FOLDERS,
  type LabFolder,
} from './folder/lab-folder.ts';
export {
  compareNames,
  invalidLab,
  type LabProblem,
  problemList,
  problemText,
} from './folder/problem.ts';
export { exercisesWithOtherBands, type LabReading, readLab } from './folder/read-lab.ts';
export { readYaml } from './folder/read-yaml.ts';
export { labFiles, type LabFileText } from './folder/write-lab.ts';
export {
  type Framework,
  FRAMEWORK_NAMES,
  FrameworkSchema,
  MODEL_ENDINGS,
} from './frameworks/framework.ts';
export type { RecipeCode } from './frameworks/code-pieces.ts';
export { recipeCode } from './frameworks/recipe-code.ts';
export { codeAsked, startingScript } from './frameworks/starting-script.ts';
export { hiddenTestSet } from './hidden-test-set.ts';
export { type Lab, LabSchema, playgroundsOf } from './lab.ts';
export { nearest } from './nearest.ts';
export type { LabParts } from './parts.ts';
export { passingPlan } from './passing.ts';
export type { PlaygroundExercise } from './playground-exercise.ts';
export { exercisesOf, type Question, questionPoints, QuestionSchema } from './question.ts';
export { type RubricItem, RubricItemSchema, rubricOf } from './rubric.ts';
export {
  editionForReturn,
  isOpenExercise,
  onlyInGrading,
  studentEdition,
} from './student-edition.ts';

import type { LayerConfig, Recipe } from '@labproof/core';
import { PlaygroundConfigSchema } from '@labproof/core/playground';
import type { CheckSpec } from './checks/spec.ts';
import type { Exercise } from './exercise.ts';
import type { Lab } from './lab.ts';
import type { PlaygroundExercise } from './playground-exercise.ts';
import { exercisesOf, type Question } from './question.ts';

/**
 * What a self-check may do with each kind of check. A new kind has to be entered here before it compiles.
 * - `same`: it runs as in grading; its parameters hold no answer.
 * - `reader`: a person reads, by a rubric that stays with the instructor.
 * - `grading`: it needs what a student edition does not hold.
 */
const IN_SELF_CHECK: Readonly<Record<CheckSpec['kind'], 'same' | 'reader' | 'grading'>> = {
  architecture: 'same',
  'metric-in-band': 'same',
  'claim-against-weights': 'same',
  number: 'same',
  plot: 'same',
  'free-text': 'reader',
  'word-count': 'same',
  recipe: 'same',
  history: 'same',
  'code-topology': 'same',
  contradiction: 'same',
  'claim-against-output': 'same',
  'misclassified-count': 'same',
  'confusion-matrix': 'same',
  'not-too-good': 'grading',
  reproduction: 'grading',
  'playground-claim': 'same',
};

/** Whether a check is decided in grading only, because a student edition does not hold what it needs. */
export function onlyInGrading({ kind }: CheckSpec): boolean {
  return IN_SELF_CHECK[kind] === 'grading';
}

/** Whether students design the network of an exercise themselves, so that the lab's own would be an answer. */
export function isOpenExercise({ id }: Exercise, lab: Pick<Lab, 'questions'>): boolean {
  const kinds = new Set(
    lab.questions
      .filter((question) => exercisesOf(question).includes(id))
      .flatMap(({ checks }) => checks.map(({ kind }) => kind)),
  );
  return kinds.has('metric-in-band') && !kinds.has('architecture');
}

/**
 * The lab as students may have it: without rubrics, published results, measured bands and networks that are theirs to
 * design. Of the bands only the pass mark stays. It is built up from what may be known, so that a field that is new
 * stays out until somebody lets it in.
 */
export function studentEdition(lab: Lab): Lab {
  return {
    id: lab.id,
    title: lab.title,
    version: lab.version,
    edition: 'student',
    introduction: lab.introduction,
    exercises: lab.exercises.map((exercise) => exerciseForStudents(exercise, lab)),
    ...(lab.playgrounds === undefined
      ? {}
      : { playgrounds: lab.playgrounds.map(playgroundForStudents) }),
    questions: lab.questions.map(questionForStudents),
  };
}

function exerciseForStudents(exercise: Exercise, lab: Lab): Exercise {
  const passMark = exercise.bands?.test.accuracyLower ?? exercise.passMark;
  const open = isOpenExercise(exercise, lab);
  return {
    id: exercise.id,
    title: open ? 'A network of your own' : exercise.title,
    recipe: open ? withoutNetwork(exercise.recipe) : exercise.recipe,
    bands: null,
    published: null,
    ...(passMark === undefined ? {} : { passMark }),
  };
}

/** The data and the target; the network is what students look for. */
function playgroundForStudents(exercise: PlaygroundExercise): PlaygroundExercise {
  const { id, title, epochs, target } = exercise;
  const { dataset, noise } = exercise.config;
  return {
    id,
    title,
    config: PlaygroundConfigSchema.parse({ dataset, noise }),
    epochs,
    target,
    published: null,
    sweep: null,
  };
}

/** Data, scaling and loss, by which a model is measured; the rest says nothing. */
function withoutNetwork({ dataset, inputShape, inputScale, model, loss }: Recipe): Recipe {
  const units = model.layers.findLast(({ config }) => typeof config['units'] === 'number');
  const layers: LayerConfig[] = [
    {
      class_name: 'Flatten',
      config: { name: 'flatten', batch_input_shape: [null, ...inputShape] },
    },
    {
      class_name: 'Dense',
      config: { name: 'output', units: units?.config['units'] ?? 1, activation: 'softmax' },
    },
  ];
  return {
    dataset,
    inputShape,
    inputScale,
    model: { name: 'yours', layers },
    loss,
    optimizer: {
      class_name: 'SGD',
      learning_rate: 0.01,
      momentum: 0,
      nesterov: false,
      decay: 0,
    },
    batchSize: 32,
    epochs: 1,
    validation: { from: 'none' },
    shuffle: true,
    trainLimit: null,
  };
}

function questionForStudents({
  id,
  number,
  title,
  prompt,
  exercise,
  alternatives,
  checks,
}: Question): Question {
  return {
    id,
    number,
    title,
    prompt,
    exercise,
    ...(alternatives === undefined ? {} : { alternatives }),
    checks: checks.map(checkForStudents),
  };
}

function checkForStudents(check: CheckSpec): CheckSpec {
  if (check.kind !== 'free-text') return check;
  const item = {
    concept: 'the answer',
    points: check.points,
    lookFor: 'A person reads your answer.',
  };
  return { kind: 'free-text', points: check.points, rubric: [item] };
}

import type { LayerConfig, Recipe } from '@labproof/core';
import { PlaygroundConfigSchema } from '@labproof/core/playground';
import type { CheckKinds } from './checks/check-kinds.ts';
import type { CheckSpec } from './checks/check-spec.ts';
import type { Exercise } from './exercise.ts';
import type { Lab } from './lab.ts';
import type { PlaygroundExercise } from './playground-exercise.ts';
import { exercisesOf, type Question } from './question.ts';

/**
 * Whether students design the network of an exercise themselves, so that the lab's own would be an answer: something
 * judges whatever they hand in, and nothing holds it to the lab's layers.
 */
export function isOpenExercise(
  { id }: Exercise,
  { questions }: Pick<Lab, 'questions'>,
  kinds: CheckKinds,
): boolean {
  const checks = questions
    .filter((question) => exercisesOf(question).includes(id))
    .flatMap((question) => question.checks);
  return (
    checks.some(({ kind }) => kinds.find(kind)?.judgesAnyNetwork === true) &&
    !checks.some((check) => kinds.needs(check, 'network'))
  );
}

/**
 * Whether a check of a question is decided in grading only, because a student edition does not hold what it needs: it
 * is of such a kind, or it needs the recipe of an exercise that students design.
 */
export function onlyInGrading(
  check: CheckSpec,
  exercise: Exercise | null,
  lab: Pick<Lab, 'questions'>,
  kinds: CheckKinds,
): boolean {
  if (kinds.find(check.kind)?.selfCheck === 'in-grading') return true;
  return exercise !== null && kinds.needs(check, 'recipe') && isOpenExercise(exercise, lab, kinds);
}

/**
 * The lab as students may have it: without rubrics, published results, measured bands and networks that are theirs to
 * design. Of the bands only the pass mark stays. It is built up from what may be known, so that a field that is new
 * stays out until somebody lets it in. Throws a `RangeError` for a check of a kind that is not among `kinds`, since
 * nobody could say what of it students may have.
 */
export function studentEdition(lab: Lab, kinds: CheckKinds): Lab {
  return {
    id: lab.id,
    title: lab.title,
    version: lab.version,
    edition: 'student',
    introduction: lab.introduction,
    ...(lab.frameworks === undefined ? {} : { frameworks: lab.frameworks }),
    ...(lab.selfCheckPage === undefined ? {} : { selfCheckPage: lab.selfCheckPage }),
    exercises: lab.exercises.map((exercise) => exerciseForStudents(exercise, lab, kinds)),
    ...(lab.playgrounds === undefined
      ? {}
      : { playgrounds: lab.playgrounds.map(playgroundForStudents) }),
    questions: lab.questions.map((question) => questionForStudents(question, kinds)),
  };
}

/**
 * The lab as a report shows it that goes back to its student: the student edition, with the measured bands of the
 * networks that are prescribed, which handouts draw as well. Networks that are the students' to design stay out.
 */
export function editionForReturn(lab: Lab, kinds: CheckKinds): Lab {
  const edition = studentEdition(lab, kinds);
  return {
    ...edition,
    exercises: lab.exercises.map((exercise, index) => {
      const own = edition.exercises[index];
      if (own === undefined) throw new Error(`no edition of ${exercise.id}`);
      return isOpenExercise(exercise, lab, kinds) ? own : { ...own, bands: exercise.bands };
    }),
  };
}

function exerciseForStudents(exercise: Exercise, lab: Lab, kinds: CheckKinds): Exercise {
  const passMark = exercise.bands?.test.accuracyLower ?? exercise.passMark;
  const open = isOpenExercise(exercise, lab, kinds);
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

function questionForStudents(question: Question, kinds: CheckKinds): Question {
  const { id, number, title, prompt, exercise, alternatives, checks } = question;
  return {
    id,
    number,
    title,
    prompt,
    exercise,
    ...(alternatives === undefined ? {} : { alternatives }),
    checks: checks.map((check) => checkForStudents(check, kinds)),
  };
}

function checkForStudents(check: CheckSpec, kinds: CheckKinds): CheckSpec {
  const kind = kinds.find(check.kind);
  if (kind === null) throw new RangeError(`there is no check "${check.kind}"`);
  return typeof kind.selfCheck === 'function' ? kind.selfCheck(check) : check;
}

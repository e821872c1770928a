import { formatPlural } from '@labproof/submission/format';
import {
  type Bands,
  type EpochOrder,
  epochOrderOf,
  operatingCurveOf,
  planModel,
} from '@labproof/core';
import { describePlayground, playgroundParameters } from '@labproof/core/playground';
import {
  type Exercise,
  type Lab,
  type PlaygroundExercise,
  playgroundsOf,
  questionPoints,
} from '@labproof/lab';
import { passingLines } from '../training/bands-text.ts';
import { printLabNotes } from '../grading/lab-notes.ts';
import type { CommandDefinition } from '../program/command.ts';

/** `labproof labs [LAB]`: what there is. */
export const labsCommand: CommandDefinition = (program, context) => {
  program
    .command('labs')
    .description('list the labs: exercises, parameters, measured bands, questions, points')
    .argument('[lab]', 'only this lab')
    .option('--json', 'print JSON')
    .action((id: string | undefined, options: { json?: true }) => {
      const { labs: known } = context;
      const labs = id === undefined ? known.list() : [known.find(id)];
      for (const lab of labs) printLabNotes(context, lab);
      context.out(
        options.json === true
          ? `${JSON.stringify(
              labs.map((lab) => labToJson(lab, known.folderOf(lab.id))),
              null,
              2,
            )}\n`
          : `${labs.map((lab) => labToText(lab, known.folderOf(lab.id))).join('\n\n')}\n`,
      );
    });
};

function labToJson(lab: Lab, folder: string): unknown {
  return {
    id: lab.id,
    title: lab.title,
    version: lab.version,
    folder,
    exercises: [
      ...lab.exercises.map((exercise) => ({
        id: exercise.id,
        title: exercise.title,
        kind: 'network',
        dataset: exercise.recipe.dataset,
        parameters: planModel(exercise.recipe.model).parameters,
        epochs: exercise.recipe.epochs,
        bands: exercise.bands === null ? null : bandsToJson(exercise.bands),
      })),
      ...playgroundsOf(lab).map((exercise) => ({
        id: exercise.id,
        title: exercise.title,
        kind: 'playground',
        dataset: exercise.config.dataset,
        parameters: playgroundParameters(exercise.config),
        epochs: exercise.epochs,
        bands: null,
        target: { testLoss: exercise.target },
        config: exercise.config,
      })),
    ],
    questions: lab.questions.map((question) => ({
      id: question.id,
      number: question.number,
      title: question.title,
      kind: question.checks.map((check) => check.kind).join('+'),
      points: questionPoints(question),
      exercise: question.exercise,
    })),
  };
}

/** The bands as they are kept, with what follows from them. */
function bandsToJson(bands: Bands): unknown {
  const { recipe } = bands;
  const epochOrder = recipe === undefined ? null : epochOrderOf(recipe);
  return { ...bands, operatingCurve: operatingCurveOf(bands), epochOrder };
}

function labToText(lab: Lab, folder: string): string {
  const total = lab.questions.reduce((sum, question) => sum + questionPoints(question), 0);
  return [
    `${lab.id} — ${lab.title} (version ${lab.version}, ${formatPlural(total, 'point')})`,
    `  in ${folder}`,
    ...lab.exercises.flatMap((exercise) => [
      `  ${exerciseToText(exercise)}`,
      ...(exercise.bands === null ? [] : passingLines(exercise.bands).map((line) => `    ${line}`)),
    ]),
    ...playgroundsOf(lab).map((exercise) => `  ${playgroundToText(exercise)}`),
    ...lab.questions.map(
      (question) =>
        `  Q${question.number}`.padEnd(7) +
        `${questionPoints(question)} p`.padStart(5) +
        `  ${question.title}${question.exercise === null ? '' : `  [${question.exercise}]`}`,
    ),
  ].join('\n');
}

/** In which order an exercise's epochs take the images. */
const ORDER: Readonly<Record<EpochOrder, string>> = {
  'new-every-epoch': ', each with a new order of the images',
  'same-every-epoch': ', all with one order of the images',
  stored: ' in the stored order of the images',
};

function exerciseToText(exercise: Exercise): string {
  const { parameters } = planModel(exercise.recipe.model);
  const bands = exercise.bands;
  const measured =
    bands === null
      ? 'not calibrated yet'
      : `test accuracy ${bands.test.accuracy.mean.toFixed(4)} ± ${bands.test.accuracy.sd.toFixed(4)} over ${formatPlural(bands.n, 'trial')}, pass from ${bands.test.accuracyLower.value.toFixed(4)}`;
  return `${exercise.id}: ${exercise.recipe.dataset}, ${formatPlural(parameters, 'parameter')}, ${formatPlural(exercise.recipe.epochs, 'epoch')}${ORDER[epochOrderOf(exercise.recipe)]}; ${measured}`;
}

function playgroundToText({ id, config, epochs, target }: PlaygroundExercise): string {
  return `${id}: playground, ${describePlayground(config)}, ${formatPlural(playgroundParameters(config), 'parameter')}, ${formatPlural(epochs, 'epoch')}; test loss below ${target}`;
}

import {
  exercisesOf,
  type Framework,
  type Lab,
  MODEL_ENDINGS,
  type Question,
  questionPoints,
} from '@labproof/lab';
import type { OutputFile } from '@labproof/class';
import { exercisesToHandIn } from '@labproof/grader';
import { savingModels } from './saving-models.ts';
import { startingPrograms } from './starting-programs.ts';

/** Folders of a submission; the hidden file keeps an empty one through version control and zip programs. */
const KEEP = '.gitkeep';

/**
 * What `labproof init` writes: answers with every heading in place, the folders, and how to fill them; with frameworks, a
 * program in each of them for every network.
 */
export function submissionTemplate(lab: Lab, frameworks: readonly Framework[] = []): OutputFile[] {
  const models = exercisesToHandIn(lab, 'model');
  const histories = exercisesToHandIn(lab, 'history');
  return [
    { path: 'answers.md', content: answers(lab) },
    { path: 'README.md', content: readme(lab, models, histories, frameworks) },
    { path: 'submission.example.json', content: declaration(models, frameworks) },
    { path: `plots/${KEEP}`, content: '' },
    ...(models.length === 0 ? [] : [{ path: `models/${KEEP}`, content: '' }]),
    ...(models.length === 0 && histories.length === 0
      ? []
      : [{ path: `histories/${KEEP}`, content: '' }]),
    ...startingPrograms(lab, frameworks),
  ];
}

/** Nothing in it reads as an answer: prompts stand in quotes, and the place for an answer says so. */
function answers(lab: Lab): string {
  return (
    [`# ${lab.title}`, ...lab.questions.map((question) => section(question))].join('\n\n') + '\n'
  );
}

function section(question: Question): string {
  const { number, title, prompt } = question;
  const quoted = prompt
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
  return `## Question ${number}: ${title}\n\n${quoted}\n\n*Write your answer here.*`;
}

const points = (count: number): string => `${count} ${count === 1 ? 'point' : 'points'}`;

function readme(
  lab: Lab,
  models: readonly string[],
  histories: readonly string[],
  frameworks: readonly Framework[],
): string {
  const programs = startingPrograms(lab, frameworks);
  const rows = lab.questions.map((question) => {
    const about = exercisesOf(question).join(' or ');
    return `| ${question.number} | ${question.title} | ${points(questionPoints(question))} | ${about} |`;
  });
  const layout = [
    'answers.md                your answers; keep the headings',
    'plots/                    pictures, shown in the answers as ![what it shows](plots/NAME.png)',
    ...models.map((id) => `${modelPaths(id, frameworks).padEnd(25)} the trained model`),
    ...lab.exercises
      .filter(({ id }) => models.includes(id) || histories.includes(id))
      .map(({ id }) => {
        const why = histories.includes(id) ? 'or its log in the answers' : 'if you kept it';
        return `${`histories/${id}.csv`.padEnd(25)} its training history, ${why}`;
      }),
    ...programs.map(({ path }) => `${path.padEnd(25)} a program to start from`),
    'submission.json           only if your names differ: see submission.example.json',
  ];
  return `# ${lab.title}: what to hand in

This folder, or a zip of it.

\`\`\`
${layout.join('\n')}
\`\`\`

| question | | | about |
|---:|---|---:|---|
${rows.join('\n')}
${models.length === 0 ? '' : savingModels(lab, models[0] ?? '', frameworks)}
## Before you hand in

\`\`\`
labproof check . --lab ${lab.id}
\`\`\`

in this folder says what was found for which question, what is missing, what would cost points, and how to fix it. It runs on your
computer, sends nothing and is no grade; run it as often as you like. With a student edition of the lab that your instructor gave you it is
\`labproof --labs EDITION check . --lab ${lab.id}\`, where \`EDITION\` is its folder; its README says how to install the command.

Nothing that you hand in is run. ${
    models.length === 0
      ? 'Your answers are read as text.'
      : `Models and answers are read as data, and every number in your answers is compared with what
your own model does.`
  } This README is not read.
`;
}

/** Where the model of an exercise goes, in the first of the frameworks. */
function modelPath(id: string, [framework = 'keras']: readonly Framework[]): string {
  return `models/${id}${MODEL_ENDINGS[framework]}`;
}

/** The same with the endings of all of them. */
function modelPaths(id: string, frameworks: readonly Framework[]): string {
  const others = frameworks.slice(1).map((framework) => ` or ${MODEL_ENDINGS[framework]}`);
  return `${modelPath(id, frameworks)}${others.join('')}`;
}

function declaration(models: readonly string[], frameworks: readonly Framework[]): string {
  const [first] = models;
  return `${JSON.stringify(
    {
      student: 'your student id',
      name: 'Your Name',
      answers: 'answers.md',
      ...(first === undefined
        ? {}
        : { models: { [first]: modelPath(first, frameworks) }, scale: { [first]: '1/255' } }),
    },
    null,
    2,
  )}\n`;
}

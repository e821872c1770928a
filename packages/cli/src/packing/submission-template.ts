import { exercisesOf, type Lab, type Question, questionPoints } from '@labproof/lab';
import type { OutputFile } from '@labproof/class';
import { exercisesToHandIn } from '@labproof/grader';

/** Folders of a submission; the hidden file keeps an empty one through version control and zip programs. */
const KEEP = '.gitkeep';

/** What `labproof init` writes: answers with every heading in place, the folders, and how to fill them. */
export function submissionTemplate(lab: Lab): OutputFile[] {
  const models = exercisesToHandIn(lab, 'model');
  const histories = exercisesToHandIn(lab, 'history');
  return [
    { path: 'answers.md', content: answers(lab) },
    { path: 'README.md', content: readme(lab, models, histories) },
    { path: 'submission.example.json', content: declaration(models) },
    { path: `plots/${KEEP}`, content: '' },
    ...(models.length === 0 ? [] : [{ path: `models/${KEEP}`, content: '' }]),
    ...(models.length === 0 && histories.length === 0
      ? []
      : [{ path: `histories/${KEEP}`, content: '' }]),
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

function readme(lab: Lab, models: readonly string[], histories: readonly string[]): string {
  const rows = lab.questions.map((question) => {
    const about = exercisesOf(question).join(' or ');
    return `| ${question.number} | ${question.title} | ${points(questionPoints(question))} | ${about} |`;
  });
  const layout = [
    'answers.md                your answers; keep the headings',
    'plots/                    pictures, shown in the answers as ![what it shows](plots/NAME.png)',
    ...models.map((id) => `${`models/${id}.keras`.padEnd(25)} the trained model`),
    ...lab.exercises
      .filter(({ id }) => models.includes(id) || histories.includes(id))
      .map(({ id }) => {
        const why = histories.includes(id) ? 'or its log in the answers' : 'if you kept it';
        return `${`histories/${id}.csv`.padEnd(25)} its training history, ${why}`;
      }),
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
${models.length === 0 ? '' : savingModels(models[0] ?? '')}
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

function savingModels(example: string): string {
  return `
## Saving a model and its history

In Keras for Python:

\`\`\`python
model.save("models/${example}.keras")

import csv
with open("histories/${example}.csv", "w", newline="") as file:
    table = csv.writer(file)
    table.writerow(["epoch", "loss", "accuracy", "val_loss", "val_accuracy"])
    columns = (history.history[name] for name in ("loss", "accuracy", "val_loss", "val_accuracy"))
    table.writerows([epoch, *values] for epoch, values in enumerate(zip(*columns), start=1))
\`\`\`

A \`.h5\` file (older versions of Keras, Keras for R) or a folder with TensorFlow.js's \`model.json\` and its weights is as good.

In PyTorch:

\`\`\`python
torch.save(model.state_dict(), "models/${example}.pt")
\`\`\`

and hand in the code of the network and of its transforms too, in the answers or as a \`.py\` file: the file of weights does not
hold the layers, nor how the pixels were scaled. Nothing of it is run.
`;
}

function declaration(models: readonly string[]): string {
  const [first] = models;
  return `${JSON.stringify(
    {
      student: 'your student id',
      name: 'Your Name',
      answers: 'answers.md',
      ...(first === undefined
        ? {}
        : { models: { [first]: `models/${first}.keras` }, scale: { [first]: '1/255' } }),
    },
    null,
    2,
  )}\n`;
}

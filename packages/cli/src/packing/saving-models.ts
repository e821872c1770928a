import { type Framework, FRAMEWORK_NAMES, type Lab, recipeCode } from '@labproof/lab';

/** The part of a template's README on how to save a model and its history, for the exercise that it names. */
export function savingModels(lab: Lab, example: string, frameworks: readonly Framework[]): string {
  if (frameworks.length === 0) return inKerasFirst(example);
  const exercise = lab.exercises.find(({ id }) => id === example);
  if (exercise === undefined) return '';
  const several = frameworks.length > 1;
  const programs = several
    ? `The programs in ${frameworks
        .map((name) => `\`code/${name}/\``)
        .join(
          ' and ',
        )} do the same: keep those of the framework in which you train, and delete the others. They`
    : 'The programs in `code/` do the same. They';
  return `
## Training, and saving a model and its history

${programs} end with a message where a question asks for a part of them, or where the network is yours to design: fill it in there. Run them in this folder.
${frameworks
  .map(
    (framework) => `
In ${FRAMEWORK_NAMES[framework]}:

\`\`\`python
${recipeCode(exercise, framework).saving}
\`\`\`
`,
  )
  .join('')}${frameworks.includes('pytorch') ? WITH_CODE : ''}`;
}

const WITH_CODE = `
Hand in the code of every PyTorch network and of its transforms too, as a \`.py\` file in \`code/\` or in the answers: the file of
weights does not hold the layers, nor how the pixels were scaled. Nothing of it is run.
`;

/** For labs that name no framework. */
function inKerasFirst(example: string): string {
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

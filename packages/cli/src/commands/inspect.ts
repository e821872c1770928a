import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LabproofError, loadDataset, openKernels } from '@labproof/core';
import {
  filesInMemory,
  inspectAnswers,
  inspectModel,
  type ModelInspection,
  type SubmissionFiles,
} from '@labproof/grader';
import { findLab } from '@labproof/exercises';
import { terminalText } from '@labproof/report';
import { Option } from 'commander';
import { FINDINGS } from '../program/exit-codes.ts';
import type { CommandDefinition } from '../program/command.ts';

/** How `inspect` is asked to look. */
interface InspectOptions {
  readonly dataset?: 'mnist' | 'cifar10';
  readonly scale: '1/255' | 'raw';
  readonly lab?: string;
  readonly json?: true;
}

/** Files beside a model that are read with it: more than any model has shards, fewer than a home folder holds. */
const MOST_NEIGHBOURS = 200;

/** `labproof inspect FILE`: what is read in one model or answers file. */
export const inspectCommand: CommandDefinition = (program, context, state) => {
  program
    .command('inspect')
    .description(
      'say what is read in one file: a model (.h5, .keras, model.json) or answers (.md, .ipynb, …)',
    )
    .argument('<file>')
    .addOption(
      new Option('--dataset <dataset>', 'evaluate on its test set').choices(['mnist', 'cifar10']),
    )
    .addOption(
      new Option('--scale <scale>', 'how pixels become inputs')
        .choices(['1/255', 'raw'])
        .default('1/255'),
    )
    .option('--lab <lab>', 'match answers to the questions of this lab')
    .option('--json', 'print JSON')
    .action(async (path: string, options: InspectOptions) => {
      if (!isModel(path)) {
        const lab = options.lab === undefined ? null : findLab(options.lab);
        const inspection = await inspectAnswers(basename(path), readBytes(path), lab);
        context.out(
          options.json === true
            ? `${JSON.stringify(inspection, null, 2)}\n`
            : describeAnswers(inspection),
        );
        if ('refused' in inspection) state.exitCode = FINDINGS;
        return;
      }
      const { file, files } = openModel(path);
      const test =
        options.dataset === undefined ? null : await testOf(options.dataset, options.scale);
      const inspection = await inspectModel(file, files, test);
      context.out(
        options.json === true ? `${JSON.stringify(inspection, null, 2)}\n` : describe(inspection),
      );
      if ('refused' in inspection) state.exitCode = FINDINGS;
    });
};

async function testOf(
  id: string,
  scale: InspectOptions['scale'],
): Promise<Parameters<typeof inspectModel>[2]> {
  return { dataset: await loadDataset(id), scale, kernels: await openKernels('auto') };
}

/** The model file together with the regular files beside it, which hold the weights of a TF.js model. */
function openModel(path: string): { file: string; files: SubmissionFiles } {
  try {
    const target = lstatSync(path).isDirectory() ? join(path, 'model.json') : path;
    const folder = dirname(target);
    const content = new Map([[basename(target), readFileSync(target)]]);
    if (target.endsWith('.json')) {
      const neighbours = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.bin'))
        .map((entry) => entry.name)
        .toSorted()
        .slice(0, MOST_NEIGHBOURS);
      for (const name of neighbours) content.set(name, readFileSync(join(folder, name)));
    }
    return { file: basename(target), files: filesInMemory(content) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Models are told by their names; everything else is read as answers. */
function isModel(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status?.isDirectory() === true || /\.(?:json|h5|hdf5|keras)$/iu.test(path);
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): LabproofError {
  return new LabproofError({
    code: 'inspect-unreadable',
    owner: 'instructor',
    message: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Name a model file (.h5, .keras, model.json), a folder that holds a model.json, or a file of answers.',
    cause: error,
  });
}

function describeRefusal({
  message,
  fix,
  code,
}: {
  message: string;
  fix: string;
  code: string;
}): string {
  return `refused: ${terminalText(message, 500)}\n  what to do: ${fix}\n  [${code}]\n`;
}

/** One line a question with what was read in it; the text is the student's, so control characters are dropped. */
function describeAnswers(inspection: Awaited<ReturnType<typeof inspectAnswers>>): string {
  if ('refused' in inspection) return describeRefusal(inspection.refused);
  const lines = inspection.answers.flatMap((answer) => [
    `${(answer.question ?? 'unmatched').padEnd(10)} ${terminalText(answer.heading, 60)} (${answer.words} words, ${answer.images.length} pictures, ${answer.code.length} code blocks)`,
    ...answer.claims.map(
      ({ metric, value, text }) => `             ${metric} ${value} in "${terminalText(text, 80)}"`,
    ),
  ]);
  const histories = inspection.histories.length;
  return `${inspection.format}, ${inspection.answers.length} answers, ${histories} printed training logs\n${lines.join('\n')}\n`;
}

/** Where layers do not form a chain, the name of each and of those that it takes. */
function wiring({ name, inputs }: { name: string; inputs?: string[] | undefined }): string {
  if (inputs === undefined) return '';
  return terminalText(`  ${name} ← ${inputs.join(', ')}`, 300);
}

function describe(inspection: ModelInspection): string {
  if ('refused' in inspection) {
    return describeRefusal(inspection.refused);
  }
  const { format, kerasVersion, parameters, digest, trainingConfig, evaluation } = inspection;
  const lines = [
    `${format}${kerasVersion === null ? '' : `, Keras ${kerasVersion}`}, ${parameters} parameters`,
    ...inspection.layers.map(
      (layer) =>
        `  ${layer.class.padEnd(20)} [${layer.outputShape.join(', ')}]`.padEnd(44) +
        ` ${String(layer.parameters).padStart(9)}  ${JSON.stringify(layer.config)}${wiring(layer)}`,
    ),
    `digest ${digest}`,
    `compiled with ${trainingConfig === null ? 'nothing that is stored' : `${trainingConfig.optimizer?.class_name ?? 'no optimiser'}, ${trainingConfig.loss ?? 'no loss'}`}`,
    ...inspection.notes.map((note) => `note: ${note}`),
  ];
  if (inspection.nonFinite > 0) lines.push(`${inspection.nonFinite} weights are NaN or infinite`);
  if (evaluation !== null) {
    const { dataset, scale, accuracy, loss, misclassified } = evaluation;
    lines.push(
      `on ${dataset} (pixels ${scale}): accuracy ${accuracy.toFixed(4)}, loss ${loss.toFixed(4)}, ${misclassified} misclassified`,
    );
    if (evaluation.evaluatedBy !== undefined) {
      lines.push(`evaluated by ${evaluation.evaluatedBy}`);
    }
  }
  if (inspection.notEvaluated !== null)
    lines.push(`not evaluated: ${inspection.notEvaluated.message}`);
  return `${lines.join('\n')}\n`;
}

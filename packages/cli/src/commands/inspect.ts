import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LabproofError, loadDataset, openKernels } from '@labproof/core';
import {
  filesInMemory,
  inspectModel,
  type ModelInspection,
  type SubmissionFiles,
} from '@labproof/grader';
import { Option } from 'commander';
import { FINDINGS } from '../exit-codes.ts';
import type { CommandDefinition } from '../program.ts';

/** How `inspect` is asked to look. */
interface InspectOptions {
  readonly dataset?: 'mnist' | 'cifar10';
  readonly scale: '1/255' | 'raw';
  readonly json?: true;
}

/** Files beside a model that are read with it: more than any model has shards, fewer than a home folder holds. */
const MOST_NEIGHBOURS = 200;

/** `labproof inspect FILE`: what is read in one model file. */
export const inspectCommand: CommandDefinition = (program, context, state) => {
  program
    .command('inspect')
    .description('say what is read in one model file: .h5, .keras, or a TensorFlow.js model.json')
    .argument('<file>')
    .addOption(
      new Option('--dataset <dataset>', 'evaluate on its test set').choices(['mnist', 'cifar10']),
    )
    .addOption(
      new Option('--scale <scale>', 'how pixels become inputs')
        .choices(['1/255', 'raw'])
        .default('1/255'),
    )
    .option('--json', 'print JSON')
    .action(async (path: string, options: InspectOptions) => {
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
    throw new LabproofError({
      code: 'inspect-unreadable',
      owner: 'instructor',
      message: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      fix: 'Name a model file (.h5, .keras, model.json) or a folder that holds a model.json.',
      cause: error,
    });
  }
}

function describe(inspection: ModelInspection): string {
  if ('refused' in inspection) {
    const { message, fix, code } = inspection.refused;
    return `refused: ${message}\n  what to do: ${fix}\n  [${code}]\n`;
  }
  const { format, kerasVersion, parameters, digest, trainingConfig, evaluation } = inspection;
  const lines = [
    `${format}${kerasVersion === null ? '' : `, Keras ${kerasVersion}`}, ${parameters} parameters`,
    ...inspection.layers.map(
      (layer) =>
        `  ${layer.class.padEnd(20)} [${layer.outputShape.join(', ')}]`.padEnd(44) +
        ` ${String(layer.parameters).padStart(9)}  ${JSON.stringify(layer.config)}`,
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
  }
  if (inspection.notEvaluated !== null)
    lines.push(`not evaluated: ${inspection.notEvaluated.message}`);
  return `${lines.join('\n')}\n`;
}

import { withoutStrayRejections } from '@labproof/core/workers';
import { basename } from 'node:path';
import { openKernels } from '@labproof/core';
import { inspectAnswers, inspectHistory, labStructures } from '@labproof/submission';
import { checkKinds, inspectModel } from '@labproof/grader';
import { isHistory, isModel, openModel, readBytes } from '../inspection/open-model.ts';
import { describeAnswers, describeHistory, describeModel } from '../inspection/text.ts';
import { Option } from 'commander';
import { FINDINGS } from '../program/exit-codes.ts';
import type { CommandDefinition } from '../program/command.ts';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import type { Context } from '../program/context.ts';
import { hearSignals } from '../program/interruption.ts';

/** How `inspect` is asked to look. */
interface InspectOptions {
  readonly dataset?: 'mnist' | 'cifar10';
  readonly scale?: '1/255' | 'raw';
  readonly lab?: string;
  readonly json?: true;
}

/** `labproof inspect FILE`: what is read in one model, training history or answers file. */
export const inspectCommand: CommandDefinition = (program, context, state) => {
  program
    .command('inspect')
    .description(
      'say what is read in one file: a model (.h5, .keras, .pt, model.json), a training history (.csv) or answers (.md, .ipynb, …)',
    )
    .argument('<file>')
    .addOption(
      new Option('--dataset <dataset>', 'evaluate on its test set').choices(['mnist', 'cifar10']),
    )
    .addOption(
      new Option(
        '--scale <scale>',
        'how pixels become inputs (default: 1/255, or raw where the model scales them itself)',
      ).choices(['1/255', 'raw']),
    )
    .option(
      '--lab <lab>',
      'match answers to the questions of this lab, and weights to the networks of its exercises',
    )
    .option('--json', 'print JSON')
    .action(async (path: string, options: InspectOptions) => {
      if (isHistory(path)) {
        const inspection = inspectHistory(basename(path), readBytes(path));
        context.out(
          options.json === true
            ? `${JSON.stringify(inspection, null, 2)}\n`
            : describeHistory(inspection),
        );
        if ('refused' in inspection) state.exitCode = FINDINGS;
        return;
      }
      if (!isModel(path)) {
        const against =
          options.lab === undefined
            ? undefined
            : { lab: context.labs.find(options.lab), kinds: checkKinds };
        const inspection = await withoutStrayRejections(() =>
          inspectAnswers(basename(path), readBytes(path), against),
        );
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
        options.dataset === undefined
          ? null
          : await testOf(context, options.dataset, options.scale);
      const exercises =
        options.lab === undefined ? [] : labStructures(context.labs.find(options.lab));
      const inspection = await inspectModel(file, files, test, exercises);
      await hearSignals(context.signal);
      context.out(
        options.json === true
          ? `${JSON.stringify(inspection, null, 2)}\n`
          : describeModel(inspection),
      );
      if ('refused' in inspection) state.exitCode = FINDINGS;
    });
};

async function testOf(
  context: Context,
  id: string,
  scale: InspectOptions['scale'],
): Promise<Parameters<typeof inspectModel>[2]> {
  return {
    dataset: await loadDatasetWithProgress(context, id),
    scale: scale ?? null,
    kernels: await openKernels('auto'),
  };
}

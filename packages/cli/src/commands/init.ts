import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFilesTogether } from '@labproof/class';
import type { CommandDefinition } from '../program/command.ts';
import { type FrameworkChoice, frameworkOption, frameworksMeant } from '../options/frameworks.ts';
import { submissionTemplate } from '../packing/submission-template.ts';
import { cliError } from '../errors.ts';

interface InitOptions {
  readonly framework?: FrameworkChoice;
  readonly json?: true;
}

/** `labproof init LAB DIR`: a folder to answer a lab in. */
export const initCommand: CommandDefinition = (program, context) => {
  program
    .command('init')
    .description('make a folder to answer a lab in: a template of the answers and where models go')
    .argument('<lab>')
    .argument('<dir>', 'a new folder, or one that holds none of these files yet')
    .addOption(frameworkOption('add programs to start from, which train and save each network'))
    .option('--json', 'print JSON')
    .action((id: string, directory: string, options: InitOptions) => {
      const lab = context.labs.find(id);
      const files = submissionTemplate(lab, frameworksMeant(options.framework, lab));
      const taken = files
        .map(({ path }) => path)
        .filter((path) => existsSync(join(directory, path)));
      if (taken.length > 0) {
        throw cliError('init-files-exist', {
          message: `${directory} already holds ${taken.join(', ')}; nothing was written over them.`,
          fix: 'Name another folder.',
        });
      }
      writeFilesTogether(directory, files);
      const written = files.map(({ path }) => join(directory, path));
      context.out(
        options.json === true
          ? `${JSON.stringify({ lab: id, files: written }, null, 2)}\n`
          : `${written.map((path) => `${path}\n`).join('')}`,
      );
    });
};

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFilesTogether } from '@labproof/class';
import type { CommandDefinition } from '../program/command.ts';
import { submissionTemplate } from '../packing/submission-template.ts';
import { cliError } from '../errors.ts';

/** `labproof init LAB DIR`: a folder to answer a lab in. */
export const initCommand: CommandDefinition = (program, context) => {
  program
    .command('init')
    .description('make a folder to answer a lab in: a template of the answers and where models go')
    .argument('<lab>')
    .argument('<dir>', 'a new folder, or one that holds none of these files yet')
    .option('--json', 'print JSON')
    .action((id: string, directory: string, options: { json?: true }) => {
      const files = submissionTemplate(context.labs.find(id));
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

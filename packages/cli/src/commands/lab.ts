import { join } from 'node:path';
import { writeFilesTogether } from '@labproof/class';
import type { CommandDefinition } from '../program/command.ts';
import { newLab } from '../packing/new-lab.ts';

interface NewLabOptions {
  readonly id?: string;
  readonly title?: string;
  readonly json?: true;
}

/** `labproof lab new DIR`: a lab that grades at once, to be changed. */
export const labCommand: CommandDefinition = (program, context) => {
  const lab = program.command('lab').description('make a lab of your own');
  lab
    .command('new')
    .description('write the folder of a small lab that grades at once, to be made your own')
    .argument('<dir>', 'a new folder, or an empty one; its name is the id of the lab')
    .option('--id <id>', 'another id than the name of the folder')
    .option('--title <text>', 'what the lab is called')
    .option('--json', 'print JSON')
    .action((directory: string, options: NewLabOptions) => {
      const { id, files } = newLab(directory, options, context.labs);
      writeFilesTogether(directory, files);
      const written = files.map(({ path }) => join(directory, path));
      context.out(
        options.json === true
          ? `${JSON.stringify({ lab: id, files: written }, null, 2)}\n`
          : `${written.map((path) => `${path}\n`).join('')}`,
      );
      if (options.json === true) return;
      context.err(
        `It grades already: labproof --labs ${directory} grade ${join(directory, 'example')} --lab ${id} --out graded\n` +
          `What to change, and how: ${join(directory, 'README.md')}\n`,
      );
    });
};

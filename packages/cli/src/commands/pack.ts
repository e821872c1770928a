import { join } from 'node:path';
import { studentEdition } from '@labproof/core';
import { findLab, labFiles } from '@labproof/exercises';
import { writeFilesTogether } from '@labproof/grader';
import type { CommandDefinition } from '../program.ts';

interface PackOptions {
  readonly student: true;
  readonly out: string;
  readonly json?: true;
}

/** `labproof pack LAB --student`: a lab in the form in which it is given away. */
export const packCommand: CommandDefinition = (program, context) => {
  program
    .command('pack')
    .description('write a lab to give away: its student edition, for "labproof check"')
    .argument('<lab>')
    .requiredOption('--student', 'the student edition: without rubrics, results and bands')
    .requiredOption('--out <dir>', 'a folder for it, to be named with --labs')
    .option('--json', 'print JSON')
    .action((id: string, options: PackOptions) => {
      const lab = studentEdition(findLab(id));
      const files = [...labFiles(lab), { path: 'README.md', content: readme(lab.id, lab.title) }];
      writeFilesTogether(options.out, files);
      const written = files.map(({ path }) => join(options.out, path));
      context.out(
        options.json === true
          ? `${JSON.stringify({ lab: lab.id, edition: 'student', files: written }, null, 2)}\n`
          : written.map((path) => `${path}\n`).join(''),
      );
    });
};

function readme(id: string, title: string): string {
  return `# ${title}: student edition

Look over your submission before you hand it in:

\`\`\`
npx labproof --labs THIS-FOLDER check YOUR-SUBMISSION --lab ${id}
\`\`\`

It says what is found, what is missing, what would be lost and how to mend it. It is no grade. In grading a person reads the
written answers, and models may be tried on images that are not here. This edition holds no rubrics and no results.
`;
}

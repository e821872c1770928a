import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type LabproofError } from '@labproof/core';
import { checkKinds } from '@labproof/grader';
import { LAB_FILES, LAB_FOLDERS, studentEdition } from '@labproof/lab';
import type { Labs } from '@labproof/exercises';
import { writeFilesTogether, zipFiles } from '@labproof/class';
import { gradescopeAutograder } from '../packing/gradescope-autograder.ts';
import type { CommandDefinition } from '../program/command.ts';
import { cliError } from '../errors.ts';

interface PackOptions {
  readonly student?: true;
  readonly gradescope?: true;
  readonly out: string;
  readonly json?: true;
}

/** `labproof pack LAB --student`: a lab in the form in which it is given away. */
export const packCommand: CommandDefinition = (program, context) => {
  program
    .command('pack')
    .description('write a lab for others: its student edition, or an autograder for Gradescope')
    .argument('<lab>')
    .option('--student', 'the student edition, a folder: without rubrics, results and bands')
    .option('--gradescope', 'an autograder for Gradescope, a .zip; it grades by the whole lab')
    .requiredOption('--out <path>', 'the folder, to be named with --labs, or the .zip')
    .option('--json', 'print JSON')
    .action((id: string, options: PackOptions) => {
      if ((options.student === true) === (options.gradescope === true)) throw notOneEdition();
      const edition = options.student === true ? 'student' : 'gradescope';
      const written =
        edition === 'student'
          ? packForStudents(context.labs, id, options.out)
          : packAutograder(context.labs, id, options.out);
      context.out(
        options.json === true
          ? `${JSON.stringify({ lab: id, edition, files: written }, null, 2)}\n`
          : written.map((path) => `${path}\n`).join(''),
      );
    });
};

function packForStudents(labs: Labs, id: string, out: string): string[] {
  const lab = studentEdition(labs.find(id), checkKinds);
  const files = [...labs.filesOf(lab), { path: 'README.md', content: readme(lab.id, lab.title) }];
  const left = labFilesIn(out).filter((file) => files.every(({ path }) => path !== file));
  if (left.length > 0) throw leftovers(out, left);
  writeFilesTogether(out, files);
  return files.map(({ path }) => join(out, path));
}

/** The files of a lab that stand in a folder. */
function labFilesIn(folder: string): string[] {
  const inner = LAB_FOLDERS.filter((name) => existsSync(join(folder, name)));
  return [
    ...LAB_FILES.filter((name) => existsSync(join(folder, name))),
    ...inner.flatMap((name) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`)),
  ];
}

/** What another lab, or a former edition, would add to this one. */
function leftovers(out: string, left: readonly string[]): LabproofError {
  return cliError('pack-folder-in-use', {
    message: `${out} holds files of another lab, or of a former edition, which would get into this one: ${left.join(', ')}. Nothing was written.`,
    fix: 'Name a new folder, or delete this one first.',
  });
}

function packAutograder(labs: Labs, id: string, out: string): string[] {
  const lab = labs.find(id);
  const content = zipFiles(gradescopeAutograder(lab, labs.isOwn(id) ? labs.filesOf(lab) : []));
  writeFilesTogether(dirname(out), [{ path: basename(out), content }]);
  return [out];
}

function notOneEdition(): LabproofError {
  return cliError('pack-edition', {
    message: 'A lab is packed either for students or for Gradescope.',
    fix: 'Say --student or --gradescope, one of them.',
  });
}

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

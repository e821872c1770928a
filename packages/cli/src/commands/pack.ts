import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type LabproofError } from '@labproof/core';
import { asksFor, checkKinds } from '@labproof/grader';
import { LAB_FILES, LAB_FOLDERS, type Lab, studentEdition } from '@labproof/lab';
import type { Labs } from '@labproof/exercises';
import { type OutputFile, writeFilesTogether, zipFiles } from '@labproof/class';
import { installReadme, sumsOf } from '../packing/install-words.ts';
import { type Release, type ReleaseOptions, releaseOf } from '../packing/release.ts';
import { gradescopeAutograder } from '../packing/gradescope-autograder.ts';
import { packPage } from '../packing/self-check-page.ts';
import type { CommandDefinition } from '../program/command.ts';
import { cliError } from '../errors.ts';

interface PackOptions extends ReleaseOptions {
  readonly student?: true;
  readonly gradescope?: true;
  readonly page?: true;
  readonly out: string;
  readonly json?: true;
}

/** The forms in which a lab is given away. */
const EDITIONS = ['student', 'gradescope', 'page'] as const;

/** `labproof pack LAB --student`: a lab in the form in which it is given away. */
export const packCommand: CommandDefinition = (program, context) => {
  program
    .command('pack')
    .description(
      'write a lab for others: its student edition, a self-check page, or an autograder for Gradescope',
    )
    .argument('<lab>')
    .option('--student', 'the student edition, a folder: without rubrics, results and bands')
    .option('--gradescope', 'an autograder for Gradescope, a .zip; it grades by the whole lab')
    .option(
      '--page',
      'a page on which students look over what they mean to hand in, in the browser: a folder for any web server, and a .zip of it beside it',
    )
    .requiredOption('--out <path>', 'the folder, or the .zip of an autograder')
    .option(
      '--release <file|url>',
      'the tarball that installs Labproof there (npm run release); an installed Labproof brings itself',
    )
    .option('--sha256 <hex>', 'what the SHA-256 of the release must be; an address needs it')
    .option('--json', 'print JSON')
    .action(async (id: string, options: PackOptions) => {
      const [edition, ...others] = EDITIONS.filter((name) => options[name] === true);
      if (edition === undefined || others.length > 0) throw notOneEdition();
      context.labs.find(id);
      if (edition === 'page') {
        const files = await packPage(context, id, options.out);
        context.out(
          options.json === true
            ? `${JSON.stringify({ lab: id, edition, files }, null, 2)}\n`
            : files.map((path) => `${path}\n`).join(''),
        );
        return;
      }
      const release = await releaseOf(options);
      const written =
        edition === 'student'
          ? packForStudents(context.labs, id, options.out, release)
          : packAutograder(context.labs, id, options.out, release);
      context.out(
        options.json === true
          ? `${JSON.stringify({ lab: id, edition, files: written, release: describe(release) }, null, 2)}\n`
          : written.map((path) => `${path}\n`).join(''),
      );
      if (release.kind === 'absent') {
        context.err(
          `note: no Labproof travels with it, because this one runs from a checkout: pack again with --release release/${release.name} (made by "npm run release"), or put that file beside what was written.\n`,
        );
      }
    });
};

function packForStudents(labs: Labs, id: string, out: string, release: Release): string[] {
  const lab = studentEdition(labs.find(id), checkKinds);
  const sums = sumsOf(release);
  const files: OutputFile[] = [
    ...labs.filesOf(lab),
    { path: 'README.md', content: readme(lab, release) },
    ...(sums === null ? [] : [{ path: 'SHA256SUMS', content: sums }]),
    ...(release.kind === 'file' ? [{ path: release.name, content: release.content }] : []),
  ];
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

function packAutograder(labs: Labs, id: string, out: string, release: Release): string[] {
  const lab = labs.find(id);
  const content = zipFiles(
    gradescopeAutograder(lab, labs.isOwn(id) ? labs.filesOf(lab) : [], release),
  );
  writeFilesTogether(dirname(out), [{ path: basename(out), content }]);
  return [out];
}

function notOneEdition(): LabproofError {
  return cliError('pack-edition', {
    message: 'A lab is packed for students, as a page or for Gradescope.',
    fix: 'Say --student, --page or --gradescope, one of them.',
  });
}

/** What of a release is told in JSON. */
function describe(release: Release): unknown {
  const { kind, name } = release;
  return {
    kind,
    file: name,
    sha256: release.kind === 'absent' ? null : release.sha256,
    url: release.kind === 'url' ? release.url : null,
  };
}

function readme({ id, title, questions }: Lab, release: Release): string {
  const models = questions.some((question) => asksFor('model', question));
  return `# ${title}: student edition

Look over your submission before you hand it in. It says what is found, what is missing, what would be lost and how to fix it, on
your computer and as often as you like.

## Install Labproof

${installReadme(release)}
## Check your submission

\`\`\`
./labproof/node_modules/.bin/labproof --labs . check YOUR-SUBMISSION --lab ${id}
\`\`\`

in this folder; on Windows \`labproof\\\\node_modules\\\\.bin\\\\labproof --labs . check …\`. \`--verbose\` lists every check, \`--out DIR\` writes a page.

It is no grade. In grading a person reads the written answers${models ? ', and models may be tried on images that are not here' : ''}. This edition holds no rubrics and
no results.
`;
}

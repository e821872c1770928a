import { dirname, basename } from 'node:path';
import { writeFilesTogether } from '@labproof/class';
import { digestOfToken, exportMarks, mergeMarks, newToken } from '@labproof/review';
import { gradedFolderOf, openLabsOf } from '../options/class-place.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { CommandDefinition } from '../program/command.ts';
import { FINDINGS } from '../program/exit-codes.ts';
import { roomOf } from '../reading/room-of.ts';
import { handedInOf } from '../reading/handed-in.ts';
import { type ReviewOptions, serveFolder } from '../reading/serve-folder.ts';

/** `labproof review DIR`: the reading room, and what goes with it. */
export const reviewCommand: CommandDefinition = (program, context, state) => {
  const review = program
    .command('review')
    .description('read and mark what needs manual grading, in a page on this machine')
    .argument(
      '[dir]',
      'a folder that "labproof grade" wrote (default: this one, or "graded" in it)',
    )
    .option('--port <n>', 'the port of the page (default: a free one)', wholeNumber(1, 65535))
    .option(
      '--team <file>',
      'who reads: YAML, or CSV with name, role, token (docs/reading-answers.md)',
    )
    .option('--reader <name>', 'who reads here; with --team, on a laptop of their own')
    .option('--origin <url>', 'where a proxy with TLS offers the page to the team')
    .option('--names', 'show the lead who wrote what')
    .option('--no-browser', 'open no browser, only print the address')
    .action((named: string | undefined, options: ReviewOptions) => {
      const directory = gradedFolderOf(named);
      openLabsOf(context, directory, named);
      return serveFolder(context, directory, options, handedInOf(named, directory));
    });
  review
    .command('export')
    .description('write the marks of a folder into a file that others can merge')
    .argument('<dir>', 'the graded folder')
    .requiredOption('--out <file>', 'where they are written')
    .action(async (named: string, { out }: { out: string }) => {
      const directory = gradedFolderOf(named);
      openLabsOf(context, directory, named);
      const open = await roomOf(context, directory);
      try {
        const { length } = open.room.events;
        const content = exportMarks(open.room);
        writeFilesTogether(dirname(out), [{ path: basename(out), content }]);
        context.out(`${length} events in ${out}\n`);
      } finally {
        open.close();
      }
    });
  review
    .command('merge')
    .description('add the marks of other readers; the order of files does not matter')
    .argument('<dir>', 'the graded folder')
    .argument('<file...>', 'files that "labproof review export" wrote')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 merged, 1 merged and readers disagree, 2 nothing was merged.',
    )
    .action(async (named: string, files: string[], options: { json?: true }) => {
      const directory = gradedFolderOf(named);
      openLabsOf(context, directory, named);
      const open = await roomOf(context, directory);
      try {
        const merged = mergeMarks(open.room, files);
        const { added, elsewhere, conflicts } = merged;
        context.out(
          options.json === true
            ? `${JSON.stringify(merged, null, 2)}\n`
            : `${added} new events${elsewhere > 0 ? `, ${elsewhere} of answers that are not in this folder` : ''}\n`,
        );
        if (conflicts > 0) {
          context.err(
            `${conflicts === 1 ? '1 answer has' : `${conflicts} answers have`} marks that disagree: the lead decides in "labproof review ${directory}".\n`,
          );
          state.exitCode = FINDINGS;
        }
      } finally {
        open.close();
      }
    });
  review
    .command('invite')
    .description('make a token for a reader, and the entry for the file of the team')
    .argument('<name>', 'the name of the reader')
    .option('--lead', 'the reader is the lead')
    .action((name: string, options: { lead?: true }) => {
      const token = newToken();
      context.err('Give the token to the reader alone, it is shown once:\n');
      context.out(`${token}\n`);
      context.err('and put this entry under "readers:" in the file of the team:\n');
      context.out(
        `  - name: ${JSON.stringify(name)}\n    role: ${options.lead === true ? 'lead' : 'reader'}\n    token: sha256:${digestOfToken(token)}\n`,
      );
    });
};

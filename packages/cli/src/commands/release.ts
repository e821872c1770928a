import { formatPlural } from '@labproof/submission';
import { gradedFolderOf, openLabsOf } from '../options/class-place.ts';
import { appealsIn, doubtsIn } from '../reading/left-words.ts';
import type { CommandDefinition } from '../program/command.ts';
import { releaseFolder, type ReleaseOptions } from '../releasing/release-folder.ts';

/** `labproof release DIR`: freezes what students get. */
export const releaseCommand: CommandDefinition = (program, context) => {
  program
    .command('release')
    .description('freeze a version of the reports that students get, with a digest of all of it')
    .argument(
      '[dir]',
      'a folder that "labproof grade" wrote (default: this one, or "graded" in it)',
    )
    .option('--unfinished', 'also where points need manual grading')
    .option('--with-doubtful', 'also where a reader doubts a mark')
    .option('--pdf', 'print every report to PDF as well')
    .option('--date <text>', 'a date to print in the reports, as it shall read')
    .option('--json', 'print JSON')
    .action(async (named: string | undefined, options: ReleaseOptions) => {
      const directory = gradedFolderOf(named);
      openLabsOf(context, directory, named);
      const release = await releaseFolder(context, directory, options);
      if (options.json === true) {
        context.out(`${JSON.stringify(release, null, 2)}\n`);
      } else if (release === null) {
        context.out('Nothing has changed since the last release; there is no new one.\n');
      } else {
        const { version, digest, folder, students, changed, doubtful, appeals } = release;
        const since = version === 1 ? '' : `, ${changed} of them told something else than before`;
        context.out(
          `version ${version}: ${formatPlural(students, 'student')}${since}, in ${folder}\n${digest}\n`,
        );
        if (doubtful.length > 0) {
          context.err(
            `note: ${doubtsIn(doubtful)}, and ${doubtful.length === 1 ? 'is' : 'are'} in it all the same.\n`,
          );
        }
        if (appeals.length > 0)
          context.err(`note: ${appealsIn(appeals)}; the next version answers what is.\n`);
      }
    });
};

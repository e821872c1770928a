import { writeFilesTogether } from '@labproof/class';
import { selfCheckText } from '@labproof/report/self-check-text';
import { Option } from 'commander';
import { BROKEN, CLEAN, FINDINGS } from '../program/exit-codes.ts';
import { ENGINES } from '../options/engines.ts';
import { coresFor, threadsOption, type ThreadsWish } from '../options/threads.ts';
import type { CommandDefinition } from '../program/command.ts';
import { checkSubmission } from '../grading/check-submission.ts';
import { join } from 'node:path';

interface CheckOptions {
  readonly lab: string;
  readonly out?: string;
  readonly date?: string;
  readonly engine: (typeof ENGINES)[number];
  readonly threads: ThreadsWish;
  readonly verbose?: true;
  readonly json?: true;
}

const PAGE = 'self-check.html';

/** `labproof check PATH`: a student looks over a submission before handing it in. */
export const checkCommand: CommandDefinition = (program, context, state) => {
  program
    .command('check')
    .description(
      'look over your own submission before you hand it in: what is found, missing, lost, and how to fix it',
    )
    .argument('<path>', 'the folder or the zip that you mean to hand in')
    .requiredOption('--lab <lab>', 'the lab that it answers')
    .option('--out <dir>', `write it as a page as well, ${PAGE}`)
    .option('--date <text>', 'a date to print in the page, as it shall read')
    .addOption(
      new Option('--engine <engine>', 'arithmetic engine').choices(ENGINES).default('auto'),
    )
    .addOption(threadsOption('submission'))
    .option('--verbose', 'every check of every question instead of one screen')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 nothing would be lost, 1 something would, 2 it could not be checked.',
    )
    .action(async (path: string, options: CheckOptions) => {
      const { check, page } = await checkSubmission(context, {
        path,
        lab: context.labs.find(options.lab),
        engine: options.engine,
        threads: coresFor(context, { jobs: 1, threads: options.threads }).threads,
        ...(options.date === undefined ? {} : { date: options.date }),
      });
      if (options.out !== undefined) {
        writeFilesTogether(options.out, [{ path: PAGE, content: await page() }]);
      }
      context.out(
        options.json === true
          ? `${JSON.stringify(check, null, 2)}\n`
          : selfCheckText(check, { colour: context.colour, verbose: options.verbose === true }),
      );
      if (options.out !== undefined) context.err(`page: ${join(options.out, PAGE)}\n`);
      const broken = check.questions.some((question) => question.state === 'not-checked');
      state.exitCode = broken ? BROKEN : check.points.lost > 0 ? FINDINGS : CLEAN;
    });
};

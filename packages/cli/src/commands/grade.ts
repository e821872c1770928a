import { findLab } from '@labproof/exercises';
import { gradesTable } from '@labproof/report';
import { Option } from 'commander';
import { gradeClass, gradeExitCode, type GradeOptions } from '../grade-class.ts';
import { ENGINES, wholeNumber } from '../options.ts';
import type { CommandDefinition } from '../program.ts';
import { renderReports } from '../render-reports.ts';

/** `labproof grade PATH...`: a class, or one submission. */
export const gradeCommand: CommandDefinition = (program, context, state) => {
  program
    .command('grade')
    .description('grade submissions: folders or zips, or folders that hold one for each student')
    .argument('<path...>')
    .requiredOption('--lab <lab>', 'the lab that was handed in')
    .requiredOption('--out <dir>', 'where grades and reports are written')
    .option('--roster <csv>', 'the class list: names, and who has handed in nothing')
    .option('--reviews <csv>', 'points given by a human: student,question,points,comment')
    .option('--pdf', 'print every report to PDF as well')
    .option('--date <text>', 'a date to print in the reports, as it shall read')
    .option('--jobs <n>', 'submissions graded side by side (default: one a core)', wholeNumber(1))
    .option('--time-limit <seconds>', 'wall-clock limit for one submission', wholeNumber(1))
    .addOption(
      new Option('--engine <engine>', 'arithmetic engine').choices(ENGINES).default('auto'),
    )
    .option('--json', 'print the grades as JSON')
    .action(
      async (
        paths: string[],
        options: GradeOptions & { lab: string; pdf?: true; date?: string; json?: true },
      ) => {
        const lab = findLab(options.lab);
        const result = await gradeClass(context, lab, paths, options);
        const reports = await renderReports(context, options.out, {
          pdf: options.pdf === true,
          ...(options.date === undefined ? {} : { date: options.date }),
        });
        if (options.json === true) {
          const rows = result.grades.map(({ student, score, max, status, outcomes }) => ({
            student,
            score,
            max,
            status,
            outcomes,
          }));
          context.out(`${JSON.stringify(rows, null, 2)}\n`);
        } else {
          context.out(gradesTable(result.grades, { colour: context.colour }));
          context.out(`\nclass report: ${reports.classReport}\n`);
        }
        if (reports.pdfProblem !== null) throw reports.pdfProblem;
        state.exitCode = gradeExitCode(result);
      },
    );
};

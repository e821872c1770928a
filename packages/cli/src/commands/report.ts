import { formatPlural } from '@labproof/submission';
import type { CommandDefinition } from '../program/command.ts';
import { gradedFolderOf, openLabsOf } from '../options/class-place.ts';
import { renderReports, reportsToJson } from '../pages/render-reports.ts';

interface ReportFlags {
  readonly pdf?: true;
  readonly date?: string;
  readonly json?: true;
}

/** `labproof report DIR`: the reports of a graded folder, again. */
export const reportCommand: CommandDefinition = (program, context) => {
  program
    .command('report')
    .description('render the reports of a graded folder again')
    .argument(
      '[dir]',
      'a folder that "labproof grade" wrote (default: this one, or "graded" in it)',
    )
    .option('--pdf', 'print every report to PDF as well')
    .option('--date <text>', 'a date to print in the reports, as it shall read')
    .option('--json', 'print JSON')
    .action(async (named: string | undefined, options: ReportFlags) => {
      const directory = gradedFolderOf(named);
      openLabsOf(context, directory, named);
      const written = await renderReports(context, directory, {
        pdf: options.pdf === true,
        ...(options.date === undefined ? {} : { date: options.date }),
      });
      context.out(
        options.json === true
          ? `${JSON.stringify(reportsToJson(written), null, 2)}\n`
          : `${formatPlural(written.students, 'report')}${written.classWritten ? `; the class is in ${written.classReport}` : ''}\n`,
      );
      const problem = written.pageProblem ?? written.pdfProblem;
      if (problem !== null) throw problem;
    });
};

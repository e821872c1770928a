import { type BatchResult, JsonArrayWriter } from '@labproof/class';
import { LabproofError } from '@labproof/core/errors';
import { changesText, gradesTable } from '@labproof/report';
import { partsOfKey } from '@labproof/review';
import { formatPlural } from '@labproof/submission';
import { Option } from 'commander';
import { join } from 'node:path';
import { BROKEN, CLEAN, FINDINGS } from '../program/exit-codes.ts';
import { printLabNotes, requireOwnBands } from '../grading/lab-notes.ts';
import { type ClassInUse, classInUse, rememberClass } from '../grading/class-settings.ts';
import { gradeClass, gradeExitCode, type GradeOptions } from '../grading/grade-class.ts';
import type { GradeFlags } from '../grading/grade-flags.ts';
import { ENGINES } from '../options/engines.ts';
import { coresFor, threadsOption } from '../options/threads.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { Context } from '../program/context.ts';
import type { CommandDefinition } from '../program/command.ts';
import { addQueueOptions, type QueueWorkFlags } from '../queue/options.ts';
import { withQueue } from '../queue/with-queue.ts';
import { renderReports } from '../pages/render-reports.ts';
import { leftLines } from '../reading/left-words.ts';
import { marksIn, type MarksInFolder } from '../reading/room-of.ts';

/** `labproof grade PATH...`: a class, or one submission. */
export const gradeCommand: CommandDefinition = (program, context, state) => {
  const command = program
    .command('grade')
    .description('grade submissions: folders or zips, or folders that hold one for each student')
    .argument(
      '[path...]',
      'what was handed in; or, to grade a class again, the folder of its results (default: this one, or "graded" in it)',
    )
    .option('--lab <lab>', 'the lab that was handed in')
    .option('--out <dir>', 'where grades, reports and class.yaml are written')
    .option('--roster <csv>', 'the class list: names, and who has handed in nothing')
    .option(
      '--reviews <file>',
      'points given by a human: reviews.csv of the output folder, filled in, or JSON',
    )
    .option(
      '--late <rule>',
      'what a late hand-in costs: "2026-11-20T23:59+01:00, 5 % a day, at most 3", or a JSON file (docs/grading-a-class.md)',
    )
    .option('--times <csv>', 'when students handed in: student,submitted and, if extended, due')
    .option(
      '--hidden-seed-file <file>',
      'a secret: models are also tried on test images changed by it (also LABPROOF_HIDDEN_SEED)',
    )
    .addOption(
      new Option(
        '--save',
        'where class.yaml says otherwise, what is said here counts from now on',
      ).conflicts('once'),
    )
    .option('--once', 'where class.yaml says otherwise, what is said here counts this time only')
    .option('--dry-run', 'write no grades: only say which would change, and why')
    .option('--fresh', 'grade everything anew, also what is graded already')
    .option('--pdf', 'print every report to PDF as well')
    .option('--date <text>', 'a date to print in the reports, as it shall read')
    .option('--jobs <n>', 'submissions graded side by side (default: one a core)', wholeNumber(1))
    .addOption(threadsOption('submission'))
    .option('--time-limit <seconds>', 'wall-clock limit for one submission', wholeNumber(1))
    .option('--memory-limit <MiB>', 'memory for a grading process (default: 2048)', wholeNumber(1))
    .option('--limits <json>', 'other limits on the size of submissions (docs/limits.md)')
    .addOption(
      new Option('--engine <engine>', 'arithmetic engine').choices(ENGINES).default('auto'),
    )
    .option('--json', 'print the grades as JSON');
  addQueueOptions(command, { recheck: false }).action(
    async (
      paths: string[],
      options: GradeFlags & QueueWorkFlags & { date?: string; json?: true },
    ) => {
      const { labs = [] } = program.opts<{ labs?: readonly string[] }>();
      const group = classInUse(context, paths, options, labs);
      const { settings, out } = group;
      for (const difference of group.differences) context.err(`differs: ${difference}\n`);
      for (const folder of [settings.labs ?? []].flat()) context.labs.open(folder);
      const lab = context.labs.find(settings.lab);
      printLabNotes(context, lab);
      requireOwnBands(lab);
      const result = await withQueue(context, options, (queue) =>
        gradeClass(
          context,
          lab,
          [settings.submissions].flat(),
          { ...gradeOptions(group, options), ...coresFor(context, options) },
          queue,
        ),
      );
      if (options.dryRun === true) {
        const { changes, notes } = result;
        context.out(
          options.json === true
            ? `${JSON.stringify({ changes, notes }, null, 2)}\n`
            : `${changesText(changes, { colour: context.colour })}Nothing was written.\n`,
        );
        const broken = gradeExitCode(result) === BROKEN;
        state.exitCode = broken ? BROKEN : changes.length > 0 ? FINDINGS : CLEAN;
        return;
      }
      const reports = await renderReports(context, out, {
        pdf: settings.pdf === true,
        ...(options.date === undefined ? {} : { date: options.date }),
      });
      const left = await leftIn(context, out);
      if (options.json === true) {
        printGrades(context, result, left?.doubtful ?? []);
      } else {
        context.out(gradesTable(result.summaries, { colour: context.colour }));
        const former = result.changes.filter(({ kind }) => kind !== 'added');
        if (former.length > 0) context.out(`\n${changesText(former, { colour: context.colour })}`);
        context.out(reports.classWritten ? `\nclass report: ${reports.classReport}\n` : '\n');
        context.out(waitingText(result, out));
        if (left !== null) context.out(leftLines(left, out));
      }
      rememberClass(context, group);
      const problem = reports.pageProblem ?? reports.pdfProblem;
      if (problem !== null) throw problem;
      state.exitCode = gradeExitCode(result);
    },
  );
};

/** What counts this time, as grading takes it; paths are written as a person at this place would. */
function gradeOptions({ settings, out }: ClassInUse, flags: GradeFlags): GradeOptions {
  const { engine, reviews, fresh, dryRun } = flags;
  const { roster, late, times, secret, limits, timeLimit, memoryLimit } = settings;
  return {
    out,
    engine,
    ...(reviews === undefined ? {} : { reviews }),
    ...(fresh === undefined ? {} : { fresh }),
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(roster === undefined ? {} : { roster }),
    ...(late === undefined ? {} : { late }),
    ...(times === undefined ? {} : { times }),
    ...(secret === undefined ? {} : { secret }),
    ...(limits === undefined ? {} : { limits }),
    ...(timeLimit === undefined ? {} : { timeLimit }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  };
}

/** What is left to do with the marks of a folder; `null` where nobody can look, which has been said. */
async function leftIn(context: Context, out: string): Promise<MarksInFolder | null> {
  try {
    return await marksIn(context, out);
  } catch (error) {
    if (error instanceof LabproofError) return null;
    throw error;
  }
}

/** `grade --json`, printed a grade at a time, with the questions of which a reader doubts the mark. */
function printGrades(context: Context, { grades }: BatchResult, doubts: readonly string[]): void {
  const rows = new JsonArrayWriter((text) => context.out(text));
  for (const { student, score, max, status, outcomes } of grades) {
    const doubtful = doubts.map(partsOfKey).filter((doubt) => doubt.student === student);
    const questions = doubtful.map(({ question }) => question);
    rows.add(
      JSON.stringify({ student, score, max, status, outcomes, doubtful: questions }, null, 2),
    );
  }
  rows.end();
}

/**
 * How many answers of those who were graded now wait for a reader, where they are read, and what else the table of reviews keeps:
 * points of students who were not among these submissions.
 */
function waitingText({ reviews }: BatchResult, out: string): string {
  const waiting = reviews.filter(({ state }) => state === 'waiting' || state === 'stale');
  const kept = reviews.filter(({ state }) => state === 'kept');
  const table = join(out, 'reviews.csv');
  const lines: string[] = [];
  if (waiting.length > 0) {
    const [need, them] = waiting.length === 1 ? ['needs', 'it'] : ['need', 'them'];
    lines.push(
      `${formatPlural(waiting.length, 'answer')} of ${formatPlural(studentsIn(waiting), 'student')} graded now ${need} manual grading: read ${them} with "labproof review ${out}", or enter points in ${table}, and grade again`,
    );
  }
  if (kept.length > 0) {
    const [are, belong] = kept.length === 1 ? ['is', 'It belongs'] : ['are', 'They belong'];
    lines.push(
      `${formatPlural(kept.length, 'row')} of ${table} with points or comments of a reader ${are} kept and not counted here. ${belong} to students or questions that were not graded now, and count${kept.length === 1 ? 's' : ''} again when they are`,
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

function studentsIn(rows: BatchResult['reviews']): number {
  return new Set(rows.map(({ student }) => student)).size;
}

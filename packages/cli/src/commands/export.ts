import { join } from 'node:path';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  type GradesExport,
  MOODLE_KEYS,
  exportGrades,
  noGradesText,
  withoutFailing,
  writeFilesTogether,
} from '@labproof/class';
import { reasonOf } from '@labproof/core';
import type { Grade } from '@labproof/grader';
import { pointsTable } from '@labproof/report';
import { formatPlural } from '@labproof/submission';
import { Option } from 'commander';
import { gradedFolderOf, openLabsOf } from '../options/class-place.ts';
import { rememberClass } from '../grading/class-settings.ts';
import { type HandOver, handOver, type HandOverFlags, rulesOf } from '../grading/hand-over.ts';
import { FINDINGS } from '../program/exit-codes.ts';
import type { CommandDefinition } from '../program/command.ts';
import type { Context } from '../program/context.ts';
import { hearSignals } from '../program/interruption.ts';
import {
  asOption,
  type OutFlags,
  type WhatGoesOut,
  whatGoesOut,
  withDoubtfulOption,
} from '../releasing/what-goes-out.ts';
import { Progress } from '../progress/progress.ts';
import { cliError } from '../errors.ts';

interface ExportCommandOptions extends Omit<HandOverFlags, 'format'>, OutFlags {
  readonly format?: ExportFormat;
  readonly dryRun?: true;
  readonly out?: string;
  readonly json?: true;
}

/** `labproof export DIR`: the grades of a class for a learning platform. */
export const exportCommand: CommandDefinition = (program, context, state) => {
  program
    .command('export')
    .description('write the grades of a graded folder in the form that a learning platform reads')
    .argument(
      '[dir]',
      'a folder that "labproof grade" wrote (default: this one, or "graded" in it)',
    )
    .addOption(
      new Option(
        '--format <format>',
        'who shall read it (default: as class.yaml says, else the platform that the work came from)',
      ).choices(EXPORT_FORMATS),
    )
    .option(
      '--gradebook <csv>',
      "the platform's own table: Canvas's gradebook, Moodle's grading worksheet or grade export (default: the class list, if it is one)",
    )
    .option('--roster <csv>', 'the class list, to say who is unknown and who has no grade')
    .option('--column <name>', 'the assignment or grade item, as the gradebook calls it')
    .addOption(
      new Option(
        '--key <key>',
        'what Moodle shall tell users by, where no grading worksheet is there (default: username)',
      ).choices(Object.keys(MOODLE_KEYS)),
    )
    .addOption(
      new Option(
        '--unfinished <what>',
        'students whose work needs manual grading, or without a score',
      )
        .choices(['stop', 'leave-out', 'as-is'])
        .default('stop'),
    )
    .addOption(asOption())
    .addOption(withDoubtfulOption())
    .option('--dry-run', 'write nothing: only say what would be written, and for whom')
    .option('--out <dir>', 'where it is written (default: DIR/export)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nEverything is looked up before anything is written. Exit code: 0 written, 1 something stops it and nothing is, or a student is left out and named, 2 bad usage.',
    )
    .action(async (named: string | undefined, options: ExportCommandOptions) => {
      const directory = gradedFolderOf(named);
      openLabsOf(context, directory, named);
      const { grades, ...going } = await gradesIn(context, directory, options);
      const over = handOver(named, directory, options, rulesOf(grades));
      const format = exportFormat(over.format);
      const failed: string[] = [];
      const exported = withoutFailing(
        grades,
        (some) =>
          exportGrades({
            format,
            grades: some,
            roster: over.roster,
            gradebook: over.gradebook,
            unfinished: options.unfinished,
            column: over.column,
            key: over.key ?? 'username',
          }),
        ({ student }, error) => failed.push(notExported(student, error)),
      );
      const { files, entries, leftOut, stops: found } = exported ?? { ...NOTHING, stops: failed };
      const notes = [...(exported === null ? [] : [...exported.notes, ...failed]), ...going.notes];
      const stops = [...found, ...going.stops];
      const out = options.out ?? join(directory, 'export');
      const isDry = options.dryRun === true;
      const goes = stops.length === 0;
      if (goes && !isDry) writeFilesTogether(out, files);
      const paths = goes ? files.map(({ path }) => join(out, path)) : [];
      // What was not written now is no result, also where a file of an earlier time lies there.
      const written = isDry ? [] : paths;
      const listed = (some: GradesExport['entries']): readonly ListedGrade[] =>
        some.map(({ grade: { student, name }, id, points }) => ({ student, id, name, points }));
      const students = goes ? listed(entries) : [];
      const byHand = goes ? leftOut : [];
      if (options.json === true) {
        const { doubtful, appeals } = going;
        const dry = isDry ? { dryRun: true, wouldWrite: paths, students } : {};
        const left = listed(byHand);
        const result = { format, files: written, stops, notes, leftOut: left, doubtful, appeals };
        context.out(`${JSON.stringify({ ...result, ...dry }, null, 2)}\n`);
      } else {
        for (const note of notes) context.err(`note: ${note}\n`);
        for (const { message } of byHand) context.err(`left out: ${message}\n`);
        for (const stop of stops) context.err(`stop: ${stop}\n`);
        if (isDry && goes) {
          context.out(dryText(paths, students.length));
          context.out(pointsTable(students, { colour: context.colour }));
        }
        if (isDry || !goes) context.err('Nothing was written.\n');
        context.out(written.map((path) => `${path}\n`).join(''));
      }
      if (!goes || failed.length > 0 || byHand.length > 0) state.exitCode = FINDINGS;
      if (goes && !isDry && over.file !== null) {
        rememberClass(context, { file: over.file, isNew: false, news: over.news });
      }
    });
};

const NOTHING: Pick<GradesExport, 'files' | 'entries' | 'leftOut'> = {
  files: [],
  entries: [],
  leftOut: [],
};

/** A grade as it is told of. */
interface ListedGrade {
  readonly student: string;
  readonly id: string;
  readonly name: string | null;
  readonly points: number;
}

/** What would be written. */
function dryText(paths: readonly string[], students: number): string {
  const [first = ''] = paths;
  const where =
    paths.length === 1 ? first : `${formatPlural(paths.length, 'file')}, such as ${first}`;
  return `would write ${where}: points of ${formatPlural(students, 'student')}\n`;
}

/** `folders` is a way to give back reports, and none to hand over grades: then it is a plain table. */
function exportFormat(format: HandOver['format']): ExportFormat {
  return format === 'folders' ? 'csv' : format;
}

function notExported(student: string, error: unknown): string {
  return `${student} is left out because of a fault in Labproof (${reasonOf(error)}): enter this grade by hand, and report the fault.`;
}

/** The grades that go out, and what there is to say; folders of students who left the class do not count. */
async function gradesIn(
  context: Context,
  directory: string,
  flags: OutFlags,
): Promise<
  { grades: readonly Grade[] } & Pick<WhatGoesOut, 'stops' | 'notes' | 'doubtful' | 'appeals'>
> {
  const out = await whatGoesOut(context, directory, flags);
  const { problem, students } = out;
  const grades: Grade[] = [];
  const progress = new Progress(context, 'export');
  try {
    for (const [index, student] of students.entries()) {
      await hearSignals(context.signal);
      progress.update(index / students.length, `${index} of ${students.length} grades read`);
      grades.push(out.grade(student));
    }
  } finally {
    progress.stop();
    out.close();
  }
  if (grades.length > 0) return { ...out, grades };
  throw cliError('export-no-grades', {
    message:
      problem === null
        ? noGradesText(directory)
        : `The grades in ${directory} are not of this version, so they are not exported.`,
    fix: 'Name the folder that "labproof grade" wrote with --out; grade again if another version wrote it.',
  });
}

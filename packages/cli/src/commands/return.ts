import { join } from 'node:path';
import { noGradesText, planReturn, RETURN_FORMATS, type ReturnFormat } from '@labproof/class';
import { terminalText } from '@labproof/report';
import { formatPlural } from '@labproof/submission';
import { Option } from 'commander';
import { cliError } from '../errors.ts';
import { gradedFolderOf, openLabsOf } from '../options/class-place.ts';
import { rememberClass } from '../grading/class-settings.ts';
import { handOver, rulesOf } from '../grading/hand-over.ts';
import type { CommandDefinition } from '../program/command.ts';
import { FINDINGS } from '../program/exit-codes.ts';
import {
  asOption,
  type OutFlags,
  type WhatGoesOut,
  whatGoesOut,
  withDoubtfulOption,
} from '../releasing/what-goes-out.ts';
import { returnWork } from '../returning/return-work.ts';
import { returnWriter } from '../returning/write-returns.ts';

interface ReturnFlags extends OutFlags {
  readonly format?: ReturnFormat;
  readonly roster?: string;
  readonly dryRun?: true;
  readonly html?: true;
  readonly date?: string;
  readonly out?: string;
  readonly json?: true;
}

/** `labproof return DIR`: the reports of a class back to its students. */
export const returnCommand: CommandDefinition = (program, context, state) => {
  program
    .command('return')
    .description(
      'give reports back to students, without rubrics and keys, in the form that a platform takes',
    )
    .argument(
      '[dir]',
      'a folder that "labproof grade" wrote (default: this one, or "graded" in it)',
    )
    .addOption(
      new Option(
        '--format <format>',
        'for whom (default: as class.yaml says, else the platform that the work came from)',
      ).choices(RETURN_FORMATS),
    )
    .option('--roster <csv>', "the class list: numbers of platforms, students' addresses")
    .addOption(
      new Option('--unfinished <what>', 'students whose work needs manual grading')
        .choices(['stop', 'leave-out', 'as-is'])
        .default('stop'),
    )
    .addOption(asOption())
    .addOption(withDoubtfulOption())
    .option('--dry-run', 'write nothing: only say what would go back, and to whom')
    .option('--html', 'pages instead of PDFs, for which no browser is needed')
    .option('--date <text>', 'a date to print in reports that are made now, as it shall read')
    .option('--out <dir>', 'where it is written (default: DIR/return)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nEverything is looked up before anything is written. Exit code: 0 written, 1 something stops it and nothing is, 2 bad usage.',
    )
    .action(async (named: string | undefined, options: ReturnFlags) => {
      const directory = gradedFolderOf(named);
      openLabsOf(context, directory, named);
      const out = await whatGoesOut(context, directory, options);
      try {
        const grades = out.students.map((student) => {
          const { name, score, pending, max, handIn, lab } = out.grade(student);
          const from = handIn === undefined ? {} : { handIn };
          return { student, name, score, pending, max, lab, ...from };
        });
        const [first] = grades;
        if (first === undefined) throw noGrades(directory, out.problem);
        const over = handOver(named, directory, options, rulesOf(grades));
        const format = returnFormat(over.format);
        const pdf = options.html !== true && format !== 'gradescope';
        const planned = planReturn({
          format,
          grades,
          roster: over.roster,
          unfinished: options.unfinished,
          pdf,
        });
        const stops = [...planned.stops, ...out.stops];
        const goes = stops.length === 0;
        const isDry = options.dryRun === true;
        const notes = [...planned.notes, ...out.notes, ...(goes ? notesOn(out, pdf) : [])];
        for (const note of notes) context.err(`note: ${note}\n`);
        for (const stop of stops) context.err(`stop: ${stop}\n`);
        const place = options.out ?? join(directory, 'return');
        const written =
          !goes || isDry
            ? []
            : await returnWork(context, {
                lab: context.labs.find(first.lab.id),
                out,
                folder: directory,
                places: planned.places,
                pdf,
                writer: returnWriter(format, place, over.roster),
                ...(options.date === undefined ? {} : { date: options.date }),
              });
        const students = goes ? planned.places.map(({ student }) => student) : [];
        if (options.json === true) {
          const { doubtful, appeals } = out;
          const dry = isDry ? { dryRun: true } : {};
          const result = { format, files: written, students, stops, notes, doubtful, appeals };
          context.out(`${JSON.stringify({ ...result, ...dry }, null, 2)}\n`);
        } else {
          if (isDry && goes) context.out(dryText(format, place, students));
          if (isDry || !goes) context.err('Nothing was written.\n');
          else context.out(written.map((path) => `${path}\n`).join(''));
        }
        if (!goes) state.exitCode = FINDINGS;
        if (!goes || isDry) return;
        if (over.file !== null) {
          rememberClass(context, { file: over.file, isNew: false, news: over.news });
        }
        if (options.json !== true) context.err(NEXT[format]);
      } finally {
        out.close();
      }
    });
};

/** What would go back, and to whom. */
function dryText(format: ReturnFormat, place: string, students: readonly string[]): string {
  const to = students.map((student) => `  ${terminalText(student, 64)}\n`).join('');
  return `would return ${formatPlural(students.length, 'report')} for ${format}, in ${place}:\n${to}`;
}

/** What is said of a frozen version that goes back. */
function notesOn({ released }: WhatGoesOut, pdf: boolean): string[] {
  if (released === null) return [];
  const { version, students } = released;
  const isPrinted = students.every((student) => released.pdf(student) !== null);
  return [
    `these are the reports of version ${version}, as they were released${pdf && !isPrinted ? '; their PDFs are printed from them now (labproof release --pdf freezes PDFs as well)' : ''}.`,
  ];
}

/** What to do with what was written. */
const NEXT: Readonly<Record<ReturnFormat, string>> = {
  moodle:
    'In Moodle: the assignment, View all submissions, Grading action, "Upload multiple feedback files in a zip".\n',
  canvas:
    'In Canvas: the assignment, "Upload Submissions" takes the zip and makes a comment with each file; canvas-comments.json is the body of one call of its interface (docs/grading-a-class.md).\n',
  gradescope:
    'Gradescope takes results from its autograder alone (labproof pack LAB --gradescope); for other assignments give back folders.\n',
  folders: 'A folder a student, and mail-merge.csv for a program that sends letters.\n',
};

/** Formats that grades can be handed over in and reports cannot: then it is a folder a student. */
function returnFormat(format: string): ReturnFormat {
  return RETURN_FORMATS.find((known) => known === format) ?? 'folders';
}

function noGrades(directory: string, problem: string | null): Error {
  return cliError('export-no-grades', {
    message:
      problem === null
        ? noGradesText(directory)
        : `The grades in ${directory} are not of this version, so they are not given back.`,
    fix: 'Name the folder that "labproof grade" wrote with --out; grade again if another version wrote it.',
  });
}

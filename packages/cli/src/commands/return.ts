import { join } from 'node:path';
import { planReturn, RETURN_FORMATS, type ReturnFormat } from '@labproof/class';
import { Option } from 'commander';
import { cliError } from '../errors.ts';
import { gradedFolderOf, openLabsOf } from '../options/class-place.ts';
import { rememberClass } from '../grading/class-settings.ts';
import { handOver, rulesOf } from '../grading/hand-over.ts';
import type { CommandDefinition } from '../program/command.ts';
import { FINDINGS } from '../program/exit-codes.ts';
import {
  GOING_OUT,
  type GoingOut,
  type WhatGoesOut,
  whatGoesOut,
} from '../releasing/what-goes-out.ts';
import { returnWork } from '../returning/return-work.ts';
import { returnWriter } from '../returning/write-returns.ts';

interface ReturnFlags {
  readonly format?: ReturnFormat;
  readonly roster?: string;
  readonly unfinished: 'stop' | 'leave-out' | 'as-is';
  readonly as?: GoingOut;
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
    .addOption(
      new Option(
        '--as <what>',
        'where marks, grades and the last release differ: the release, or the grades as they are',
      ).choices(GOING_OUT),
    )
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
      const out = await whatGoesOut(context, directory, options.as);
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
        const notes = [...planned.notes, ...(stops.length === 0 ? notesOn(out, pdf) : [])];
        const plan = { ...planned, stops, notes };
        for (const note of plan.notes) context.err(`note: ${note}\n`);
        for (const stop of plan.stops) context.err(`stop: ${stop}\n`);
        const place = options.out ?? join(directory, 'return');
        const written =
          plan.stops.length > 0
            ? []
            : await returnWork(context, {
                lab: context.labs.find(first.lab.id),
                out,
                folder: directory,
                places: plan.places,
                pdf,
                writer: returnWriter(format, place, over.roster),
                ...(options.date === undefined ? {} : { date: options.date }),
              });
        if (options.json === true) {
          const students = plan.stops.length > 0 ? [] : plan.places.map(({ student }) => student);
          const { stops, notes } = plan;
          context.out(
            `${JSON.stringify({ format, files: written, students, stops, notes }, null, 2)}\n`,
          );
        } else if (plan.stops.length > 0) context.err('Nothing was written.\n');
        else context.out(written.map((path) => `${path}\n`).join(''));
        if (plan.stops.length > 0) state.exitCode = FINDINGS;
        else if (over.file !== null) {
          rememberClass(context, { file: over.file, isNew: false, news: over.news });
        }
        if (plan.stops.length === 0 && options.json !== true) context.err(NEXT[format]);
      } finally {
        out.close();
      }
    });
};

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
        ? `${directory} holds no grades (no grades.json).`
        : `The grades in ${directory} are not of this version, so they are not given back.`,
    fix: 'Name the folder that "labproof grade" wrote with --out; grade again if another version wrote it.',
  });
}

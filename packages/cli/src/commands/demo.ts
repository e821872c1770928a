import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureBands } from '@labproof/core';
import type { Exercise } from '@labproof/lab';
import { findExercise } from '@labproof/exercises';
import { gradesTable, renderTrialsReport, trialsTable } from '@labproof/report';
import type { Context } from '../program/context.ts';
import { BROKEN, CLEAN } from '../program/exit-codes.ts';
import { gradeClass } from '../grading/grade-class.ts';
import type { CommandDefinition } from '../program/command.ts';
import { renderReports } from '../pages/render-reports.ts';
import { trainExercise } from '../training/train.ts';
import { writeTrials } from '../training/trials-folder.ts';
import { cliError } from '../errors.ts';

/** A shortened calibration: enough to see how bands come about, in seconds on any engine. */
const QUICK = { trials: 5, seed: 1, epochs: 3, limit: 12_000, engine: 'auto' } as const;

const LAB = 'image-recognition';

/** What is trained: the networks that take seconds. Convolutions take minutes, and the photographs a download. */
const TRAINED = ['mnist-mlp-linear', 'mnist-mlp-relu'] as const;

/** `labproof demo`: the whole flow on a small class. */
export const demoCommand: CommandDefinition = (program, context, state) => {
  program
    .command('demo')
    .description('train, measure bands, grade a small class and write its reports')
    .option('--out <dir>', 'where everything is written', 'labproof-demo')
    .option('--no-pdf', 'print no PDFs, which need a browser')
    .action(async ({ out, pdf }: { out: string; pdf: boolean }) => {
      const lab = context.labs.find(LAB);
      const directory = resolve(out);
      context.out(
        `1. Repeated trials, shortened (${QUICK.trials} seeds, ${QUICK.epochs} epochs, ${QUICK.limit} images)\n\n`,
      );
      for (const id of TRAINED)
        await showTrials(context, findExercise(lab, id), join(directory, 'trials'));
      context.out(
        '2. A class of submissions, graded against the bands of the full calibration\n\n',
      );
      const submissions = join(directory, 'submissions');
      await copyClass(submissions);
      const graded = join(directory, 'graded');
      const result = await gradeClass(
        context,
        lab,
        [submissions],
        { out: graded, engine: 'auto' },
        null,
      );
      context.out(`${gradesTable(result.summaries, { colour: context.colour })}\n`);
      const reports = await renderReports(context, graded, { pdf });
      context.out('3. Reports\n\n');
      context.out(`   class     ${reports.classReport}\n`);
      context.out(
        `   students  ${join(graded, '<student>', 'report.html')}${pdf ? ` and report.pdf (${reports.pdfs} PDFs)` : ''}\n`,
      );
      if (reports.pdfProblem !== null)
        context.out(`   no PDFs   ${reports.pdfProblem.message} ${reports.pdfProblem.fix}\n`);
      context.out(`   trials    ${join(directory, 'trials', '<exercise>', 'trials.html')}\n`);
      // The demo class holds submissions that must be refused; only our own faults are a failure here.
      state.exitCode = result.summaries.some(({ status }) => status === 'broken') ? BROKEN : CLEAN;
    });
};

async function showTrials(context: Context, exercise: Exercise, directory: string): Promise<void> {
  const trained = await trainExercise(context, exercise, QUICK);
  const results = trained.trials.map(({ result }) => result);
  const bands = measureBands({
    exercise: exercise.id,
    recipe: trained.recipe,
    dataset: trained.dataset,
    trials: results,
    length: 'quick',
    environment: {},
  });
  const lab = context.labs.find(LAB);
  const report = renderTrialsReport({
    lab,
    exercise: exercise.id,
    recipe: trained.recipe,
    results,
    bands,
  });
  writeTrials(directory, { lab: LAB, exercise: exercise.id }, trained, report);
  const { accuracyLower } = bands.test;
  const full = exercise.bands?.test.accuracyLower;
  context.out(`${exercise.id}\n${trialsTable(results, { colour: context.colour })}`);
  context.out(
    `pass mark of these ${accuracyLower.n} short trials: ${accuracyLower.value.toFixed(4)}` +
      (full === undefined
        ? '\n\n'
        : `; of ${full.n} full ones, used below: ${full.value.toFixed(4)}\n\n`),
  );
}

/** Copies the submissions of the fixture class, one folder a student. */
async function copyClass(target: string): Promise<void> {
  const source = classDirectory();
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const scenario of (await readdir(source)).toSorted()) {
    const submission = join(source, scenario, 'submission');
    if (existsSync(submission)) await cp(submission, join(target, scenario), { recursive: true });
  }
}

/** The fixture class: beside this package where it was packed, else in the repository. */
function classDirectory(): string {
  const candidates = ['../../demo-class', `../../../../fixtures/${LAB}`].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw cliError('demo-class-missing', {
    message: `the demo's class is in none of ${candidates.join(', ')}`,
    fix: 'Install labproof again, or run the demo in a checkout of its repository.',
  });
}

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../../benchmark.ts';
import { type ContestSide, median } from '../../measure/contest.ts';
import { LABPROOF, type ProgramUse, runProgram } from '../../measure/run-program.ts';
import { takeTurns } from '../../measure/turns.ts';
import { writeGradedClass } from './class-of.ts';

const LAB = 'image-recognition';
const FIXTURES = fileURLToPath(new URL(`../../../../fixtures/${LAB}`, import.meta.url));

/**
 * Each side is `labproof report` as a user starts it, from the built packages: its time holds starting Node.js, reading
 * the grades and the dataset, rendering and writing. Grading is not in it.
 */
export const reports: Benchmark = {
  name: 'reports',
  about: 'the reports of a class: HTML of real length, PDFs of two pages and of all pages',
  rounds: 3,
  options: { students: { type: 'string', default: '200', help: 'the class' } },
  async run(bench) {
    const students = Number(bench.option('students'));
    const graded = await gradeFixtures(bench.folder);
    const whole = join(bench.folder, 'whole');
    const short = join(bench.folder, 'short');
    for (const directory of [whole, short]) mkdirSync(directory);
    writeGradedClass(graded, whole, students);
    writeGradedClass(graded, short, students, { short: true });
    const ways = [
      { name: 'HTML', directory: whole, parameters: [] },
      { name: 'HTML and short PDF', directory: short, parameters: ['--pdf'] },
      { name: 'HTML and whole PDF', directory: whole, parameters: ['--pdf'] },
    ];
    const uses = ways.map((): ProgramUse[] => []);
    const samples = await takeTurns(
      ways.map(({ name, directory, parameters }, index) => ({
        name,
        async measure() {
          const use = await runProgram([LABPROOF, 'report', directory, ...parameters]);
          uses[index]?.push(use);
          return use.seconds;
        },
      })),
      bench.rounds,
      (text) => bench.progress(text),
    );
    bench.report({
      title: `Reports of ${students} students`,
      unit: 's',
      better: 'less',
      sides: ways.map(({ name, directory, parameters }, index): ContestSide => ({
        name,
        samples: samples[index] ?? [],
        also: {
          'processor s': median((uses[index] ?? []).map(({ processor }) => processor)),
          'most memory MiB': Math.max(...(uses[index] ?? []).map(({ mebibytes }) => mebibytes)),
          'largest HTML kB': largestPage(directory) / 1000,
          'pages of a PDF': parameters.length === 0 ? Number.NaN : pagesOfPdf(directory),
        },
      })),
    });
  },
};

/** The fixture class, graded. */
async function gradeFixtures(folder: string): Promise<string> {
  const submissions = join(folder, 'submissions');
  for (const name of readdirSync(FIXTURES)) {
    const submission = join(FIXTURES, name, 'submission');
    if (existsSync(submission)) cpSync(submission, join(submissions, name), { recursive: true });
  }
  const graded = join(folder, 'graded');
  await runProgram([LABPROOF, 'grade', submissions, '--lab', LAB, '--out', graded]);
  return graded;
}

function filesOf(directory: string, name: string): string[] {
  return readdirSync(directory)
    .map((student) => join(directory, student, name))
    .filter((file) => existsSync(file));
}

function largestPage(directory: string): number {
  return Math.max(...filesOf(directory, 'report.html').map((file) => statSync(file).size));
}

/** Pages of a student's PDF, the middle of the class. */
function pagesOfPdf(directory: string): number {
  return median(
    filesOf(directory, 'report.pdf').map(
      (file) => readFileSync(file, 'latin1').match(/\/Type \/Page\b(?!s)/gu)?.length ?? 0,
    ),
  );
}

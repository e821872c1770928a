import type { EngineChoice, Lab } from '@labproof/core';
import type { Grade } from '../grade.ts';
import type { GradingDataset } from '../models/evaluate-model.ts';
import { compareText } from '../submission/submission-files.ts';
import { gradesCsv } from './grades-csv.ts';
import { listSubmissions } from './list-submissions.ts';
import type { GradingJob } from './messages.ts';
import { gradeInProcesses } from './process-pool.ts';
import { applyReviews, readReviews } from './reviews.ts';
import { readRoster, type RosterEntry } from './roster.ts';
import { assertWritable, writeFilesTogether } from './write-files.ts';

export interface BatchProgress {
  readonly done: number;
  readonly total: number;
  readonly student: string;
  readonly status: Grade['status'];
}

export interface BatchOptions {
  /** Submissions, or folders that hold one folder or .zip per student. */
  readonly paths: readonly string[];
  readonly lab: Lab;
  /** Loads a dataset; called once for each that the lab's questions need, before any grading. */
  readonly loadDataset: (id: string) => Promise<GradingDataset>;
  readonly engine: EngineChoice;
  /** Submissions graded side by side. */
  readonly jobs: number;
  /** Output folder: gets `grades.json`, `grades.csv` and `<student>/grade.json`. */
  readonly out: string;
  /** CSV of the class. */
  readonly roster?: string;
  /** CSV of manual points. */
  readonly reviews?: string;
  /** Wall-clock seconds for one submission; 300 unless told. */
  readonly timeLimit?: number;
  readonly onProgress?: (progress: BatchProgress) => void;
  readonly signal?: AbortSignal;
}

export interface BatchResult {
  /** In code-unit order of the student ids, whatever finished first. */
  readonly grades: readonly Grade[];
  /** Students of the roster without a submission. */
  readonly missing: readonly RosterEntry[];
  /** Things that the instructor should know and that stop nothing. */
  readonly warnings: readonly string[];
}

const DEFAULT_TIME_LIMIT = 300;

/**
 * Grades a class and writes the results. Every submission ends up in exactly one grade; one that fails touches no
 * other. Throws an instructor's error for problems with the paths, the roster, the reviews, the dataset, the engine
 * or the output folder, and then writes nothing.
 */
export async function gradeBatch(options: BatchOptions): Promise<BatchResult> {
  const { lab, out } = options;
  const { entries, passedOver } = listSubmissions(options.paths, out);
  const roster = options.roster === undefined ? null : readRoster(options.roster);
  const students = entries.map(({ student }) => student);
  const reviews = options.reviews === undefined ? [] : readReviews(options.reviews, lab, students);
  assertWritable(out);
  const datasets: GradingDataset[] = [];
  for (const id of datasetsNeeded(lab)) datasets.push(forGrading(await options.loadDataset(id)));

  const names = new Map(roster?.map(({ student, name }) => [student, name]));
  const jobs = entries.map(({ student, path }): GradingJob => ({
    kind: 'grade',
    path,
    student,
    name: names.get(student) ?? null,
  }));
  const graded: Grade[] = [];
  await gradeInProcesses({
    setup: { kind: 'setup', lab, datasets, engine: options.engine },
    jobs,
    processes: options.jobs,
    timeLimit: options.timeLimit ?? DEFAULT_TIME_LIMIT,
    onGraded: ({ student }, grade) => {
      graded.push(grade);
      options.onProgress?.({
        done: graded.length,
        total: jobs.length,
        student,
        status: grade.status,
      });
    },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });

  const reviewed = graded
    .toSorted((a, b) => compareText(a.student, b.student))
    .map((grade) => applyReviews(grade, lab, reviews));
  const grades = reviewed.map(({ grade }) => grade);
  const missing = (roster ?? []).filter(({ student }) => !students.includes(student));
  writeFilesTogether(out, [
    ...grades.map((grade) => ({ path: `${grade.student}/grade.json`, content: asJson(grade) })),
    { path: 'grades.csv', content: gradesCsv(lab, grades, missing) },
    { path: 'grades.json', content: asJson(grades) },
  ]);
  return {
    grades,
    missing,
    warnings: [
      ...passedOver.map(({ path, why }) => `${path} was passed over: ${why}.`),
      ...students
        .filter((student) => roster !== null && !names.has(student))
        .map((student) => `${student} handed something in but is not on the roster.`),
      ...reviewed.flatMap(({ warnings }) => warnings),
    ],
  };
}

/** The datasets of the exercises whose models are examined, in the order of the questions. */
function datasetsNeeded(lab: Lab): string[] {
  const ids = lab.questions.flatMap(({ exercise, checks }) => {
    const examined = checks.some(({ kind }) =>
      ['metric-in-band', 'claim-against-weights'].includes(kind),
    );
    const recipe = lab.exercises.find(({ id }) => id === exercise)?.recipe;
    return examined && recipe !== undefined ? [recipe.dataset] : [];
  });
  return [...new Set(ids)];
}

/** Only what grading needs crosses to the grading processes; training images stay here. */
function forGrading({
  id,
  title,
  classes,
  imageShape,
  test,
  digest,
}: GradingDataset): GradingDataset {
  return { id, title, classes, imageShape, test, digest };
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

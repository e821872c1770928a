import type { ThreadsOfATask } from '@labproof/core/workers';
import { type EngineChoice, openKernels, sha256Hex } from '@labproof/core';
import { type Lab, hiddenTestSet } from '@labproof/lab';
import {
  type Finding,
  type Grade,
  type GradeSummary,
  type GradingDataset,
  type RecipeTrainer,
  writtenId,
} from '@labproof/grader';
import { type Limits } from '@labproof/submission';
import type { BatchProgress } from './batch-progress.ts';
import { classResults, writeClassResults } from './class-results.ts';
import { openFormerResults } from './former-results.ts';
import type { GradeChange } from './grade-changes.ts';
import { GradingLog } from './grading-log.ts';
import { gradeAll } from './grade-all.ts';
import type { HandIn } from '../hand-ins/hand-in.ts';
import { handInTimes } from '../lateness/hand-in-times.ts';
import type { LatePolicy } from '../lateness/late-policy.ts';
import { clockOf } from '../tables/instant.ts';
import { listSubmissions } from '../hand-ins/list-submissions.ts';
import { matchRoster } from '../roster/match-roster.ts';
import { collectReviews } from '../reviews/collect-reviews.ts';
import type { ReviewRow } from '../reviews/review-rows.ts';
import { type RosterEntry, readRoster } from '../roster/roster.ts';
import type { SubmissionExecutor } from '../processes/submission-executor.ts';
import { settler } from '../processes/settle-grade.ts';
import { type ClassNote, type SingleNote, summedUp } from '../notes/class-note.ts';
import { NOTES_FILE } from '../notes/read-notes.ts';
import { assertNoFileAt, assertWritable, writeFilesTogether } from '../files/write-files.ts';
import { classError } from '../errors.ts';

export interface BatchOptions {
  /** Submissions, or folders that hold one folder or .zip per student, or a learning platform's download. */
  readonly paths: readonly string[];
  readonly lab: Lab;
  /** Loads a dataset; called once for each on which a submitted model is examined. */
  readonly loadDataset: (id: string) => Promise<GradingDataset>;
  readonly engine: EngineChoice;
  /** Submissions graded side by side. */
  readonly jobs: number;
  /** Threads that evaluate the models of each of them; one unless told. */
  readonly threads?: ThreadsOfATask;
  /**
   * Output folder: gets `grades.json`, `grades.csv`, `reviews.csv`, `findings.json`, `notes.json`, `<student>/grade.json` and, line by line,
   * `grading-log.jsonl`; finished grades wait in `.grading` until the class is complete.
   */
  readonly out: string;
  /** CSV of the class. */
  readonly roster?: string;
  /** CSV or JSON of manual points; they stand above those in `reviews.csv` of the output folder. */
  readonly reviews?: string;
  /** What a late hand-in costs; times come from the roster, `times` or the platform. */
  readonly late?: LatePolicy;
  /** CSV of hand-in times: `student`, `submitted` and, for an extension, `due`. */
  readonly times?: string;
  /** Wall-clock seconds for one submission; 300 unless told. */
  readonly timeLimit?: number;
  /** MiB of memory for a grading process; 2048 unless told. */
  readonly memoryLimit?: number;
  /** Limits on submissions other than those that this version comes with. */
  readonly limits?: Limits;
  /** Grade everything anew, also what was graded before under the same lab, data and version. */
  readonly fresh?: boolean;
  /** Seeds a second test set of changed images, which models are tried on as well. It is written nowhere. */
  readonly hiddenSeed?: string;
  /** Trains a recipe again, for labs that ask whether an accuracy is likely; without it a person decides. */
  readonly trainer?: RecipeTrainer;
  /** Who grades; processes of this machine unless told. */
  readonly executor?: SubmissionExecutor;
  /** By exercise: classes that trainings of its recipe predict for the test images, to tell copies by. */
  readonly references?: ReadonlyMap<string, readonly Uint8Array[]>;
  /** Write no results: only say in `changes` what would be others than those that stand. */
  readonly dryRun?: boolean;
  /** The time as text, for the record of grades only; without it the record has none. */
  readonly now?: () => string;
  readonly onProgress?: (progress: BatchProgress) => void;
  readonly signal?: AbortSignal;
}

export interface BatchResult {
  /**
   * In code-unit order of the student ids, whatever finished first. Each is read from the output folder when its turn
   * comes, so that a large class fits; reading throws an instructor's error where somebody changed what is kept there.
   */
  readonly grades: Iterable<Grade>;
  /** The same without evidence, answers and files: what a table of the class needs, held in memory. */
  readonly summaries: readonly GradeSummary[];
  /** Students of the roster without a submission. */
  readonly missing: readonly RosterEntry[];
  /** Whose each submission was taken to be, and by which rule. */
  readonly handIns: readonly HandIn[];
  /** What is other than in the results that stood in the output folder; everything, where none stood. */
  readonly changes: readonly GradeChange[];
  /** What a person should look at, copies among it; no grade depends on it. The content of `findings.json`. */
  readonly findings: readonly Finding[];
  /** What waits for a person and what persons have given: the content of `reviews.csv`. */
  readonly reviews: readonly ReviewRow[];
  /** Submissions whose grade was there already. */
  readonly reused: number;
  /** Things that the instructor should know and that stop nothing; those of a kind in a line. */
  readonly warnings: readonly string[];
  /** The same with everybody whom they are about, and students without a submission: the content of `notes.json`. */
  readonly notes: readonly ClassNote[];
}

const SHORTEST_SEED = 16;
const DEFAULT_TIME_LIMIT = 300;
const DEFAULT_MEMORY_LIMIT = 2048;

/**
 * Grades a class and writes the results. Every submission ends up in exactly one grade; one that fails touches no
 * other. What was graded before a kill or an interruption is not graded again: the results are the same bytes as
 * those of one go. Throws an instructor's error for problems with the paths, the roster, the reviews, the times, the
 * dataset, the engine or the output folder, and then leaves the results as they were.
 */
export async function gradeBatch(options: BatchOptions): Promise<BatchResult> {
  const { lab, out, late } = options;
  assertHiddenSeed(options.hiddenSeed);
  assertNoFileAt(out);
  const listed = await listSubmissions(options.paths, out);
  const roster =
    options.roster === undefined
      ? null
      : readRoster(options.roster, late === undefined ? null : { offset: clockOf(late.due) });
  const handIns = roster === null ? listed.entries : matchRoster(listed.entries, roster);
  const students = handIns.map(({ student }) => student);
  const reviews = collectReviews(options, students);
  const times =
    late === undefined ? null : handInTimes({ late, handIns, roster, file: options.times ?? null });
  assertWritable(out);
  const former = openFormerResults(out);
  const datasets = new Map<string, Promise<GradingDataset>>();
  const loadDataset = (id: string): Promise<GradingDataset> => {
    const dataset =
      datasets.get(id) ?? options.loadDataset(id).then((loaded) => forGrading(loaded, options));
    datasets.set(id, dataset);
    return dataset;
  };
  const log = new GradingLog(out, {
    engine: options.engine,
    now: options.now ?? ((): null => null),
  });
  try {
    const { finished, reused } = await gradeAll({
      lab,
      handIns,
      loadDataset,
      out,
      log,
      engine: options.engine,
      jobs: options.jobs,
      threads: options.threads ?? 1,
      timeLimit: options.timeLimit ?? DEFAULT_TIME_LIMIT,
      memoryLimit: options.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
      limits: options.limits ?? {},
      fresh: options.fresh === true,
      hidden: options.hiddenSeed === undefined ? null : sha256Hex(`hidden ${options.hiddenSeed}`),
      trainer: options.trainer ?? null,
      ...(options.executor === undefined ? {} : { executor: options.executor }),
      onProgress: options.onProgress ?? ((): void => undefined),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const settle = settler({ lab, reviews: reviews.reviews, handIns, late, times });
    const missing = (roster ?? []).filter(({ student }) => !students.includes(student));
    const results = (options.dryRun === true ? classResults : writeClassResults)({
      lab,
      finished,
      former,
      settle,
      reviewsInUse: reviews,
      now: options.now ?? ((): null => null),
      listedIds: new Map(
        (roster ?? []).flatMap(({ student, id }) => (id === undefined ? [] : [[student, id]])),
      ),
      groupMates: groupMates(handIns),
      missing,
      references: options.references ?? new Map(),
      out,
      log,
    });
    const found = summedUp([
      ...listed.passedOver.map(({ path, why }): SingleNote => ({
        kind: 'passed-over',
        about: path,
        message: `${path} was passed over: ${why}.`,
      })),
      ...strangers(handIns, roster),
      ...(former.problem === null
        ? []
        : [{ kind: 'other', about: 'grades.json', message: former.problem } as const]),
      ...gone(former.students, students),
      ...reviews.notes,
      ...(times?.notes ?? []),
      ...results.notes,
    ]);
    const notes = [...found, ...summedUp(missing.map(notHandedIn))];
    if (options.dryRun !== true) {
      writeFilesTogether(out, [
        { path: NOTES_FILE, content: `${JSON.stringify(notes, null, 2)}\n` },
      ]);
    }
    return {
      grades: {
        *[Symbol.iterator](): Generator<Grade> {
          for (const student of finished.students) yield settle(finished.read(student).grade).grade;
        },
      },
      summaries: results.summaries,
      missing,
      handIns,
      changes: results.changes,
      findings: results.findings,
      reviews: results.reviews,
      reused,
      warnings: found.map(({ message }) => message),
      notes,
    };
  } finally {
    former.close();
    log.close();
  }
}

/** Only what grading needs crosses to the grading processes; training images and the secret stay here. */
async function forGrading(
  { id, title, classes, imageShape, test, digest }: GradingDataset,
  { hiddenSeed, engine }: BatchOptions,
): Promise<GradingDataset> {
  const dataset = { id, title, classes, imageShape, test, digest };
  if (hiddenSeed === undefined) return dataset;
  const kernels = await openKernels(engine);
  const hidden = hiddenTestSet(dataset, hiddenSeed, kernels);
  kernels.reset();
  return { ...dataset, hidden };
}

/** The results of a model on the hidden images could be held against guesses of a short secret. */
function assertHiddenSeed(secret: string | undefined): void {
  if (secret === undefined || secret.length >= SHORTEST_SEED) return;
  throw classError('hidden-seed-short', {
    message: `The secret of the hidden test set has fewer than ${SHORTEST_SEED} characters, so it could be guessed.`,
    fix: 'Make one with "openssl rand -hex 32" and keep it to yourself.',
  });
}

function groupMates(handIns: readonly HandIn[]): Set<string> {
  const seen = new Set<string>();
  return new Set(
    handIns.flatMap(({ student, group, path }) => {
      if (group === null) return [];
      if (seen.has(path)) return [student];
      seen.add(path);
      return [];
    }),
  );
}

function strangers(
  handIns: readonly HandIn[],
  roster: readonly RosterEntry[] | null,
): SingleNote[] {
  if (roster === null) return [];
  const known = new Set(roster.map(({ student }) => student));
  return handIns
    .filter(({ student }) => !known.has(student))
    .map((handIn) => ({
      kind: 'not-on-roster',
      about: writtenId(handIn),
      message: `${writtenId(handIn)} handed something in but is not on the roster.`,
    }));
}

function notHandedIn(entry: RosterEntry): SingleNote {
  const { name } = entry;
  return {
    kind: 'not-handed-in',
    about: writtenId(entry),
    message: `no submission from ${writtenId(entry)}${name === null ? '' : ` (${name})`}`,
  };
}

function gone(former: readonly string[], students: readonly string[]): SingleNote[] {
  return former
    .filter((student) => !students.includes(student))
    .map((student) => ({
      kind: 'gone',
      about: student,
      message: `${student} was graded here before and is not among these submissions; the folder with the earlier grade stays where it is.`,
    }));
}

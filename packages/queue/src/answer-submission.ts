import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, hashOf } from '@labproof/core';
import { WorkerPool } from '@labproof/core/workers';
import type { Lab } from '@labproof/lab';
import type { ComparableGrade, GradingDataset } from '@labproof/grader';
import { GradingPlace } from '@labproof/class';
import { unpackSubmission } from '@labproof/submission';
import { fileMissing, type FileStore, getFile, putFile } from './file-store.ts';
import { writeGrade } from './grade-file.ts';
import type { QueuedSubmission, SubmissionAnswer } from './jobs.ts';

/** Grades that say that the process died, which may have been the machine's doing: worth another machine's try. */
const DIED = new Set(['grading-process-died', 'memory-limit']);

/** A submission whose process died here, and which another worker shall try. */
class ProcessDied extends Error {}

/** Grading processes that stay ready between jobs, each for one lab and one set of limits. */
export class GradingPlaces {
  readonly #pool: WorkerPool<GradingPlace>;
  readonly #threads: number;

  /** Processes for `jobs` submissions at one time are kept, whatever they are for; each evaluates models on `threads` threads. */
  constructor({ jobs, threads = 1 }: { readonly jobs: number; readonly threads?: number }) {
    this.#pool = new WorkerPool({ most: jobs, stop: (place) => place.stop() });
    this.#threads = threads;
  }

  /** Grades with a process that nobody else uses. */
  async grade(
    lab: Lab,
    job: QueuedSubmission,
    loadDataset: (id: string) => Promise<Dataset>,
    packed: { readonly path: string; readonly student: string; readonly name: string | null },
  ): Promise<ComparableGrade> {
    const { labHash, limits, timeLimit, memoryLimit } = job;
    const threads = this.#threads;
    const start = (): GradingPlace =>
      new GradingPlace({
        setup: { kind: 'setup', lab, engine: 'auto', threads, memoryLimit, limits, trains: false },
        timeLimit,
        trainer: null,
        loadDataset: async (id) => forGrading(await loadDataset(id)),
      });
    const { path, student, name } = packed;
    const graded = await this.#pool.use(
      { name: hashOf({ labHash, limits, timeLimit, memoryLimit }), start },
      (place) =>
        place.grade({
          kind: 'grade',
          source: { kind: 'packed', path },
          student,
          name,
          keptDigest: null,
        }),
    );
    if (graded === 'unchanged') throw new Error('nothing was kept to be unchanged');
    return graded;
  }

  async stop(): Promise<void> {
    await this.#pool.stop();
  }
}

/** Only what grading needs crosses to the process; training images stay here. */
function forGrading(dataset: Dataset): GradingDataset {
  const { id, title, classes, imageShape, test, digest } = dataset;
  return { id, title, classes, imageShape, test, digest };
}

/**
 * Grades a submission and puts the grade into the file store. Throws `ProcessDied` where the process died and
 * another worker shall try.
 */
export async function answerSubmission(options: {
  job: QueuedSubmission;
  lab: Lab;
  store: FileStore;
  places: GradingPlaces;
  loadDataset: (id: string) => Promise<Dataset>;
  worker: string;
  /** Whether another worker may still try. */
  triesLeft: boolean;
}): Promise<SubmissionAnswer> {
  const { job, lab, store, worker } = options;
  const address = { kind: 'submissions', digest: job.submission } as const;
  const bytes = await getFile(store, address);
  if (bytes === null) throw fileMissing(store, address);
  const { student, name } = unpackSubmission(bytes);
  const folder = await mkdtemp(join(tmpdir(), 'labproof-submission-'));
  try {
    const path = join(folder, 'submission');
    await writeFile(path, bytes);
    const graded = await options.places.grade(lab, job, options.loadDataset, {
      path,
      student,
      name,
    });
    const { problem } = graded.grade;
    if (problem !== null && DIED.has(problem.code) && options.triesLeft) {
      throw new ProcessDied(problem.message);
    }
    const { digest } = await putFile(store, 'grades', writeGrade(graded));
    return { worker, grade: digest };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

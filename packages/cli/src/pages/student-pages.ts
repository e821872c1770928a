import type { Worker } from 'node:worker_threads';
import { LabproofError, startThread } from '@labproof/core';
import {
  type StudentPageAnswer,
  type StudentPageJob,
  type StudentPageSetup,
  studentPage,
} from './student-page.ts';

/** Fewer pages than these are done before a worker has started. */
const WORTH_WORKERS = 40;
/** More threads than these wait for the disk. */
const MOST_WORKERS = 8;

/** Renders the pages of students: here for a few, in worker threads for a class. The bytes are the same. */
export class StudentPages {
  readonly #setup: StudentPageSetup;
  readonly #workers: readonly Worker[];
  readonly #free: Worker[];
  readonly #waiting: ((worker: Worker) => void)[] = [];

  constructor(setup: StudentPageSetup, size: { readonly count: number; readonly cores: number }) {
    this.#setup = setup;
    const workers = size.count < WORTH_WORKERS || size.cores < 2 ? 0 : size.cores;
    this.#workers = Array.from({ length: Math.min(workers, MOST_WORKERS) }, () =>
      startThread({ from: import.meta.url, path: './student-page-worker' }, { workerData: setup }),
    );
    this.#free = [...this.#workers];
  }

  /** How many pages are worth asking for at a time. */
  get width(): number {
    return Math.max(1, this.#workers.length);
  }

  /** Throws what rendering throws; a worker that dies is a `LabproofError` with owner `us`. */
  async render(job: StudentPageJob): Promise<string> {
    if (this.#workers.length === 0) return studentPage(this.#setup, job);
    const worker = await this.#take();
    const answer = await ask(worker, job);
    this.#give(worker);
    if (answer.kind === 'failed') throw new Error(answer.message);
    return answer.html;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #take(): Promise<Worker> {
    const worker = this.#free.pop();
    if (worker !== undefined) return Promise.resolve(worker);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(worker);
    else next(worker);
  }
}

function ask(worker: Worker, job: StudentPageJob): Promise<StudentPageAnswer> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    };
    const onMessage = (answer: StudentPageAnswer): void => end(() => resolve(answer));
    const onError = (error: unknown): void => end(() => reject(died(job, error)));
    const onExit = (): void => end(() => reject(died(job, null)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(job);
  });
}

function died({ grade }: StudentPageJob, cause: unknown): LabproofError {
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new LabproofError({
    code: 'report-worker-died',
    owner: 'us',
    message: `A worker ended while it rendered the report of ${grade.student}${why}.`,
    fix: 'Run "labproof report DIR" on the graded folder; if memory is short, close other programs.',
    cause,
  });
}

import { type LabproofError } from '@labproof/core';
import { type WorkerHost, WorkerPool, hostThread } from '@labproof/core/workers';
import {
  type StudentPageAnswer,
  type StudentPageJob,
  type StudentPageSetup,
  studentPage,
} from './student-page.ts';
import { cliError } from '../errors.ts';

/** Fewer pages than these are done before a worker has started. */
const WORTH_WORKERS = 40;
/** More threads than these wait for the disk. */
const MOST_WORKERS = 8;

type PageThread = WorkerHost<StudentPageJob, StudentPageAnswer>;

/** Renders the pages of students: here for a few, in worker threads for a class. The bytes are the same. */
export class StudentPages {
  readonly #setup: StudentPageSetup;
  readonly #threads: number;
  readonly #pool: WorkerPool<PageThread>;

  constructor(setup: StudentPageSetup, size: { readonly count: number; readonly cores: number }) {
    this.#setup = setup;
    const isSmall = size.count < WORTH_WORKERS || size.cores < 2;
    this.#threads = isSmall ? 0 : Math.min(size.cores, MOST_WORKERS);
    this.#pool = new WorkerPool({
      most: this.#threads,
      stop: (thread) => thread.stop(),
      isDead: ({ end }) => end !== null,
    });
  }

  /** How many pages are worth asking for at a time. */
  get width(): number {
    return Math.max(1, this.#threads);
  }

  /** Throws what rendering throws; a worker that dies is a `LabproofError` with owner `us`. */
  async render(job: StudentPageJob): Promise<string> {
    if (this.#threads === 0) return studentPage(this.#setup, job);
    const start = (): PageThread =>
      hostThread({ from: import.meta.url, path: './student-page-worker' }, this.#setup);
    const reply = await this.#pool.use({ name: 'pages', start }, (thread) => thread.ask(job));
    if (reply.kind !== 'answer') throw died(job, reply.kind === 'ended' ? reply.cause : null);
    if (reply.answer.kind === 'failed') throw new Error(reply.answer.message);
    return reply.answer.html;
  }

  async close(): Promise<void> {
    await this.#pool.stop();
  }
}

function died({ grade }: StudentPageJob, cause: unknown): LabproofError {
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return cliError('report-worker-died', {
    message: `A worker ended while it rendered the report of ${grade.student}${why}.`,
    fix: 'Run "labproof report DIR" on the graded folder; if memory is short, close other programs.',
    cause,
  });
}

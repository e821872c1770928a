import { LabproofError, trialInterrupted, reasonOf } from '@labproof/core';
import { Job, Queue, QueueEvents } from 'bullmq';
import type { QueueAddress } from './address.ts';
import { KEY_PREFIX, lastingOptions, QUEUE_NAME } from './connection.ts';
import { type Problem, problemFromText, type QueuedJob, TrialProgressSchema } from './jobs.ts';
import { queueError } from './errors.ts';

/** How a job ended. */
export type JobEnd =
  | { readonly kind: 'done'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Jobs that this command has in Redis at one time; the rest waits here, so that Redis stays small. */
const IN_FLIGHT = 256;

/** Milliseconds between two looks at jobs whose end may have been missed while Redis was away. */
const LOOK_MS = 3000;

/** Seconds for which Redis keeps answers, for commands that ask for the same. */
const KEEP_DONE_SECONDS = 7 * 24 * 3600;
const KEEP_FAILED_SECONDS = 24 * 3600;

/** What is tried again, and how long is waited: 1, 2, 4 … seconds. */
const RETRIES = { attempts: 3, backoff: { type: 'exponential', delay: 1000 } } as const;

/** How BullMQ words that a job ended two workers (`maxStalledCount`). */
const ENDED_ITS_WORKERS = /stalled more than allowable/u;

/** Code of a job that ended its worker twice. */
export const ENDED_WORKERS = 'queue-job-ended-workers';

interface Waiting {
  readonly job: QueuedJob;
  readonly resolve: (end: JobEnd) => void;
  readonly onProgress: (progress: unknown) => void;
}

/**
 * Hands jobs to the queue and waits for their ends. A job that is there already, from this command or another, is
 * joined. What Redis has forgotten, because it was killed before it wrote it down, is added again.
 */
export class JobClient {
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #onTrouble: (message: string) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #turns: (() => void)[] = [];
  readonly #cancels: boolean;
  readonly #cancelled: Promise<void>[] = [];
  #free = IN_FLIGHT;
  #looking = false;

  constructor(
    address: QueueAddress,
    options: {
      /** Take jobs out of the queue when their wait is interrupted. */
      cancelOnInterrupt: boolean;
      /** What went wrong with Redis and is being tried again. */
      onTrouble?: (message: string) => void;
    },
  ) {
    const connection = lastingOptions(address);
    this.#queue = new Queue(QUEUE_NAME, { connection, prefix: KEY_PREFIX });
    this.#events = new QueueEvents(QUEUE_NAME, { connection, prefix: KEY_PREFIX });
    const { onTrouble } = options;
    this.#cancels = options.cancelOnInterrupt;
    this.#onTrouble = (message) => onTrouble?.(address.redact(message));
    const trouble = (error: Error): void => this.#onTrouble(error.message);
    this.#queue.on('error', trouble);
    this.#events.on('error', trouble);
    const look = ({ jobId }: { jobId: string }): void => void this.#look(jobId);
    this.#events.on('completed', look);
    this.#events.on('failed', look);
    this.#events.on('progress', ({ jobId, data }) => {
      for (const { onProgress } of this.#waiting.get(jobId) ?? []) onProgress(data);
    });
    this.#timer = setInterval(() => void this.#lookAtAll(), LOOK_MS);
  }

  /** Waits until ends are heard; call it once before the first job. */
  async open(): Promise<void> {
    await Promise.all([this.#queue.waitUntilReady(), this.#events.waitUntilReady()]);
  }

  /**
   * Runs a job under an id that stands for its content. An earlier failure under that id is forgotten and tried anew.
   * Rejects with `trial-interrupted` when the signal fires before the job has ended.
   */
  async run(
    id: string,
    job: QueuedJob,
    options: { onProgress?: (progress: unknown) => void; signal?: AbortSignal } = {},
  ): Promise<JobEnd> {
    const { signal } = options;
    await this.#turn(signal);
    const done = new AbortController();
    let waiting: Waiting | undefined;
    try {
      return await new Promise<JobEnd>((resolve, reject) => {
        const stop = (): void => {
          if (this.#cancels) this.#cancelled.push(this.forget(id));
          reject(this.#interruption());
        };
        signal?.addEventListener('abort', stop, { once: true, signal: done.signal });
        waiting = { job, resolve, onProgress: options.onProgress ?? ((): void => undefined) };
        this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), waiting]);
        this.#add(id, job, true).catch(reject);
      });
    } finally {
      done.abort();
      const others = (this.#waiting.get(id) ?? []).filter((other) => other !== waiting);
      if (others.length > 0) this.#waiting.set(id, others);
      else this.#waiting.delete(id);
      this.#free += 1;
      this.#turns.shift()?.();
    }
  }

  /** Forgets a job and its answer, unless somebody works on it just now. */
  async forget(id: string): Promise<void> {
    const job = await Job.fromId(this.#queue, id);
    // A worker that holds the job keeps it: then its answer is a new one anyway.
    await job?.remove().catch(() => undefined);
  }

  /** How many jobs of all commands wait and how many are worked on. */
  async load(): Promise<{ waiting: number; active: number }> {
    const counts = await this.#queue.getJobCounts('waiting', 'delayed', 'active');
    return {
      waiting: (counts['waiting'] ?? 0) + (counts['delayed'] ?? 0),
      active: counts['active'] ?? 0,
    };
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.allSettled(this.#cancelled);
    await Promise.all([this.#queue.close(), this.#events.close()]);
  }

  #interruption(): LabproofError {
    return trialInterrupted(
      this.#cancels
        ? 'What waited in the queue was taken out. Run the same command again to go on where this one stopped.'
        : 'What is in the queue goes on in the workers. Run the same command again to collect it and go on.',
    );
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    while (this.#free === 0) await new Promise<void>((resolve) => this.#turns.push(resolve));
    if (signal?.aborted === true) {
      // Whoever waits behind this one must hear of the free place too.
      this.#turns.shift()?.();
      throw this.#interruption();
    }
    this.#free -= 1;
  }

  async #add(id: string, job: QueuedJob, first: boolean): Promise<void> {
    if (first) {
      const known = await Job.fromId(this.#queue, id);
      if (known?.failedReason !== undefined && (await known.isFailed())) await this.forget(id);
    }
    await this.#queue.add(job.kind, job, {
      jobId: id,
      ...RETRIES,
      removeOnComplete: { age: KEEP_DONE_SECONDS },
      removeOnFail: { age: KEEP_FAILED_SECONDS },
    });
    await this.#look(id);
  }

  async #lookAtAll(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (const id of this.#waiting.keys()) await this.#look(id);
    } finally {
      this.#looking = false;
    }
  }

  /** Ends the wait for a job that has ended, and adds one again that is not there. */
  async #look(id: string): Promise<void> {
    const waiting = this.#waiting.get(id);
    const [first] = waiting ?? [];
    if (waiting === undefined || first === undefined) return;
    try {
      const job = await Job.fromId(this.#queue, id);
      if (job === undefined) {
        await this.#add(id, first.job, false);
        return;
      }
      const end = await endOf(job, this.#queue);
      if (end !== null) for (const { resolve } of waiting) resolve(end);
    } catch (error) {
      this.#onTrouble(reasonOf(error));
    }
  }
}

/** How a job ended; `null` while it has not. */
async function endOf(job: Job, queue: Queue): Promise<JobEnd | null> {
  if (job.finishedOn === undefined) return null;
  const state = await job.getState();
  if (state === 'completed') return { kind: 'done', answer: job.returnvalue };
  if (state !== 'failed') return null;
  if (ENDED_ITS_WORKERS.test(job.failedReason)) {
    return { kind: 'failed', problem: await endedWorkers(job, queue) };
  }
  const problem = problemFromText(job.failedReason);
  return {
    kind: 'failed',
    problem:
      problem ??
      queueError('queue-job-failed', {
        message: `A job failed in the queue: ${job.failedReason}.`,
        fix: 'Run the command again, and report the fault if it comes back.',
      }).toJSON(),
  };
}

/** A job that ended two workers, with the last that was heard of them. */
async function endedWorkers(job: Job, queue: Queue): Promise<Problem> {
  const { logs } = await queue.getJobLogs(job.id ?? '');
  const { data: progress } = TrialProgressSchema.safeParse(job.progress);
  const words = [
    ...logs,
    ...(progress === undefined
      ? []
      : [
          `${progress.worker}: epoch ${progress.epoch}, step ${progress.steps} of ${progress.totalSteps}`,
        ]),
  ];
  return {
    code: ENDED_WORKERS,
    owner: 'us',
    message: `A job ended the worker that had it, twice, and was given up. Last heard: ${words.join('; ') || 'nothing'}.`,
    fix: 'Run it alone on a machine with free memory; where it ends the worker again, report it.',
  };
}

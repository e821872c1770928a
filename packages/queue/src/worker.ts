import { type Dataset, LabproofError, reasonOf } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueAddress } from './address.ts';
import { KEY_PREFIX, lastingOptions, openRedis, QUEUE_NAME } from './connection.ts';
import type { FileStore } from './file-store.ts';
import { answerSubmission, GradingPlaces } from './answer-submission.ts';
import {
  JobSchema,
  noOtherWorker,
  problemToText,
  type QueuedJob,
  type QueuedSubmission,
  unknownToAll,
} from './jobs.ts';
import { type TrainTrial, TrainingThreads } from './train-in-threads.ts';
import { answerTrial } from './answer-trial.ts';
import { WorkerKnowledge } from './worker-knowledge.ts';
import { HEARTBEAT_SECONDS, WorkerRegister } from './worker-register.ts';
import { queueError } from './errors.ts';

export interface WorkerOptions {
  readonly address: QueueAddress;
  readonly store: FileStore;
  /** Stands for the machine: a trial is checked by a worker of another name. */
  readonly name: string;
  /** Jobs side by side. */
  readonly jobs: number;
  /** Threads that compute each of them; 1 unless told. No bit depends on it. */
  readonly threads?: number;
  /** Labs that this worker works for; jobs of others are left to other workers. */
  readonly labs: readonly Lab[];
  readonly loadDataset: (id: string) => Promise<Dataset>;
  /** For the checkpoints of trials that are under way. */
  readonly cacheDirectory: string;
  /** Who trains, where it is not threads of this process. */
  readonly train?: TrainTrial;
  /** One line for each thing that happens. */
  readonly onEvent?: (line: string) => void;
  readonly timing?: Partial<Timing>;
}

/** Milliseconds after which a worker that gives no sign has lost its job, and between two looks for such jobs. */
export interface Timing {
  readonly lost: number;
  readonly look: number;
}

const TIMING: Timing = { lost: 30_000, look: 15_000 };

/** Milliseconds for which a job that this worker must not take is left to others. */
const PASS_MS = 200;

/** A worker that takes jobs until it is stopped. */
export interface RunningWorker {
  /** Resolves when the worker has ended; rejects with `queue-worker-quarantined` where that is why. */
  readonly ended: Promise<void>;
  /** Gives its jobs back to the queue and ends. */
  stop(): Promise<void>;
}

/** Starts to take jobs. Throws `queue-unreachable`. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const redis = await openRedis(options.address);
  const worker = new QueueWorker(options, redis);
  await worker.start();
  return worker;
}

class QueueWorker implements RunningWorker {
  readonly ended: Promise<void>;
  readonly #options: WorkerOptions;
  readonly #redis: Redis;
  readonly #register: WorkerRegister;
  readonly #knowledge: WorkerKnowledge;
  readonly #threads: TrainingThreads;
  readonly #places: GradingPlaces;
  readonly #worker: Worker;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #end: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(options: WorkerOptions, redis: Redis) {
    this.#options = options;
    this.#redis = redis;
    this.#register = new WorkerRegister(redis);
    this.#knowledge = new WorkerKnowledge(options.labs, options.loadDataset);
    this.#threads = new TrainingThreads(options);
    this.#places = new GradingPlaces(options);
    this.ended = new Promise((resolve, reject) => {
      this.#end = { resolve, reject };
    });
    // Whoever does not wait for the end is not to be ended by it.
    this.ended.catch(() => undefined);
    const timing = { ...TIMING, ...options.timing };
    this.#worker = new Worker(QUEUE_NAME, (job, token) => this.#process(job, token), {
      connection: lastingOptions(options.address),
      prefix: KEY_PREFIX,
      autorun: false,
      concurrency: options.jobs,
      name: options.name,
      lockDuration: timing.lost,
      stalledInterval: timing.look,
      // A job may end one worker; the second makes it the job's own fault.
      maxStalledCount: 1,
    });
    this.#worker.on('error', (error) => this.#say(`Redis: ${error.message}`));
    this.#worker.on('stalled', (id) => this.#say(`job ${short(id)} was lost by its worker`));
  }

  async start(): Promise<void> {
    await this.#beat();
    this.#timer = setInterval(() => void this.#beat(), HEARTBEAT_SECONDS * 1000);
    void this.#worker.run();
  }

  async stop(): Promise<void> {
    await this.#close();
    this.#end?.resolve();
  }

  async #close(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#timer);
    await this.#worker.close();
    await this.#places.stop();
    await this.#threads.close();
    await this.#register.leave(this.#options.name).catch(() => undefined);
    this.#redis.disconnect();
  }

  async #beat(): Promise<void> {
    try {
      const reason = await this.#register.quarantineReason(this.#options.name);
      if (reason === null) await this.#register.beat(this.#options.name);
      else await this.#leaveForGood(reason);
    } catch (error) {
      this.#say(`Redis: ${reasonOf(error)}`);
    }
  }

  async #leaveForGood(reason: string): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await this.#close();
    const { name } = this.#options;
    this.#end?.reject(
      queueError('queue-worker-quarantined', {
        message: `The worker ${name} is in quarantine: ${reason}.`,
        fix: `Test the memory of the machine and compare "labproof verify --digests" with another's. When it is sound: redis-cli HDEL ${KEY_PREFIX}:quarantine ${name}`,
      }),
    );
  }

  async #process(queued: Job, token: string | undefined): Promise<unknown> {
    const { name } = this.#options;
    try {
      const job = JobSchema.parse(queued.data);
      // A quarantine is heard of at the next heartbeat; answers that are given until then are not taken.
      if (this.#stopping.signal.aborted) return await this.#giveBack(queued, token);
      if (job.exclude.includes(name)) return await this.#passOn(queued, token, job);
      const answer = await this.#orStop(this.#answer(queued, job));
      if (answer === STOPPED) return await this.#giveBack(queued, token);
      return answer ?? (await this.#passOn(queued, token, job));
    } catch (error) {
      if (error instanceof DelayedError) throw error;
      throw this.#failure(error);
    }
  }

  /** What the job asks for; `null` where it is of a lab that is unknown here. */
  async #answer(queued: Job, job: QueuedJob): Promise<unknown> {
    const { name, store, train = this.#threads.train } = this.#options;
    const id = queued.id ?? '';
    if (job.kind === 'submission') return this.#answerSubmission(queued, job);
    const dataset = await this.#knowledge.datasetFor(job);
    if (dataset === null) return null;
    await this.#note(queued);
    const started = performance.now();
    const answer = await answerTrial({
      id,
      job,
      dataset,
      store,
      train,
      worker: name,
      tell: (progress) => {
        queued.updateProgress(progress).catch(() => undefined);
      },
    });
    await this.#threads.forget(id);
    this.#say(`trial ${short(id)} (seed ${job.seed}) in ${elapsed(started)}`);
    return answer;
  }

  async #answerSubmission(queued: Job, job: QueuedSubmission): Promise<unknown> {
    const { name, store } = this.#options;
    const lab = this.#knowledge.labFor(job);
    if (lab === null) return null;
    await this.#note(queued);
    const started = performance.now();
    const answer = await answerSubmission({
      job,
      lab,
      store,
      places: this.#places,
      loadDataset: (id) => this.#knowledge.dataset(id),
      worker: name,
      triesLeft: queued.attemptsMade === 0,
    });
    this.#say(`submission ${short(queued.id ?? '')} in ${elapsed(started)}`);
    return answer;
  }

  /** Leaves a job to the other workers; fails it where none is left that could take it. */
  async #passOn(queued: Job, token: string | undefined, job: QueuedJob): Promise<never> {
    const { name } = this.#options;
    const passedBy = job.exclude.includes(name)
      ? job.passedBy
      : [...new Set([...job.passedBy, name])].toSorted();
    const live = await this.#register.live();
    const allowed = live.filter((worker) => !job.exclude.includes(worker));
    if (allowed.every((worker) => passedBy.includes(worker))) {
      const problem = allowed.length === 0 ? noOtherWorker(job.exclude) : unknownToAll(allowed);
      throw new LabproofError(problem);
    }
    await queued.updateData({ ...job, passedBy });
    return this.#giveBack(queued, token, PASS_MS);
  }

  async #giveBack(queued: Job, token: string | undefined, delay = 0): Promise<never> {
    // The queue compares with the wall clock of the workers.
    await queued.moveToDelayed(performance.timeOrigin + performance.now() + delay, token);
    throw new DelayedError();
  }

  async #orStop<T>(work: Promise<T>): Promise<T | typeof STOPPED> {
    const { signal } = this.#stopping;
    const done = new AbortController();
    const stopped = new Promise<typeof STOPPED>((resolve) => {
      signal.addEventListener('abort', () => resolve(STOPPED), { once: true, signal: done.signal });
    });
    try {
      return await Promise.race([work, stopped]);
    } finally {
      done.abort();
      work.catch(() => undefined);
    }
  }

  /** What cannot come out otherwise is not tried again; what lies with the machine or the network is. */
  #failure(error: unknown): Error {
    const text = this.#options.address.redact(problemToText(error));
    this.#say(`failed: ${text}`);
    const final = error instanceof LabproofError && error.owner !== 'us';
    return final ? new UnrecoverableError(text) : new Error(text);
  }

  /** Leaves a word in the queue, before anything can go wrong: the last that is heard of a worker that the job ends. */
  async #note(queued: Job): Promise<void> {
    await queued.log(`${this.#options.name} began, attempt ${queued.attemptsStarted}`);
  }

  #say(line: string): void {
    this.#options.onEvent?.(this.#options.address.redact(line));
  }
}

const STOPPED = Symbol('stopped');

function short(id: string): string {
  return id.slice(0, 12);
}

function elapsed(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(2)} s`;
}

import { join } from 'node:path';
import {
  type Dataset,
  type FinishedTrial,
  shareDataset,
  TrialCache,
  type TrialJob,
  type TrialProgress,
  TrialThread,
} from '@labproof/core';
import { WorkerPool } from '@labproof/core/workers';

/** Trains one trial; several at one time. */
export type TrainTrial = (
  job: TrialJob,
  dataset: Dataset,
  onProgress: (progress: TrialProgress) => void,
) => Promise<FinishedTrial>;

interface TrainingShares {
  readonly cacheDirectory: string;
  readonly jobs: number;
  readonly threads?: number;
}

/**
 * Threads that stay ready between jobs, with checkpoints in a folder of their own: a job that comes back to the same
 * machine goes on where it stopped. What is finished stays there only until it has been handed on.
 */
export class TrainingThreads {
  readonly #cache: TrialCache;
  readonly #shared = new Map<string, Dataset>();
  readonly #threads: WorkerPool<TrialThread>;
  readonly #threadsEach: number;

  /** Threads for `jobs` trials at one time are kept, whatever data they hold; each trial is computed on `threads` of its own. */
  constructor({ cacheDirectory, jobs, threads = 1 }: TrainingShares) {
    this.#cache = new TrialCache(join(cacheDirectory, 'queue'));
    this.#threadsEach = threads;
    this.#threads = new WorkerPool({
      most: jobs,
      stop: (thread) => thread.terminate(),
      isDead: (thread) => thread.dead,
    });
  }

  readonly train: TrainTrial = async (job, dataset, onProgress) => {
    const before = await this.#cache.read(job.key);
    if (before !== null) return before;
    const kind = { name: dataset.digest, start: () => this.#start(dataset) };
    await this.#threads.use(kind, (thread) => thread.train(job, onProgress));
    const finished = await this.#cache.read(job.key);
    if (finished === null) throw new Error(`no result for the trial of seed ${job.seed}`);
    return finished;
  };

  /** Forgets a trial that has been handed on. */
  async forget(key: string): Promise<void> {
    await this.#cache.remove(key);
  }

  async close(): Promise<void> {
    await this.#threads.stop();
  }

  #start(dataset: Dataset): TrialThread {
    const shared = this.#shared.get(dataset.digest) ?? shareDataset(dataset);
    this.#shared.set(dataset.digest, shared);
    return new TrialThread({
      dataset: shared,
      engine: 'auto',
      threads: this.#threadsEach,
      cacheDirectory: this.#cache.directory,
    });
  }
}

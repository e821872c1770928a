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

/** Trains one trial; several at one time, each on one core. */
export type TrainTrial = (
  job: TrialJob,
  dataset: Dataset,
  onProgress: (progress: TrialProgress) => void,
) => Promise<FinishedTrial>;

/**
 * Threads that stay ready between jobs, with checkpoints in a folder of their own: a job that comes back to the same
 * machine goes on where it stopped. What is finished stays there only until it has been handed on.
 */
export class TrainingThreads {
  readonly #cache: TrialCache;
  readonly #idle: { readonly digest: string; readonly thread: TrialThread }[] = [];
  readonly #shared = new Map<string, Dataset>();
  readonly #all = new Set<TrialThread>();
  readonly #most: number;

  /** `most` threads are kept, whatever data they hold. */
  constructor(cacheDirectory: string, most: number) {
    this.#cache = new TrialCache(join(cacheDirectory, 'queue'));
    this.#most = most;
  }

  readonly train: TrainTrial = async (job, dataset, onProgress) => {
    const before = await this.#cache.read(job.key);
    if (before !== null) return before;
    const thread = await this.#take(dataset);
    try {
      await thread.train(job, onProgress);
    } finally {
      if (thread.dead) this.#all.delete(thread);
      else this.#idle.push({ digest: dataset.digest, thread });
    }
    const finished = await this.#cache.read(job.key);
    if (finished === null) throw new Error(`no result for the trial of seed ${job.seed}`);
    return finished;
  };

  /** Forgets a trial that has been handed on. */
  async forget(key: string): Promise<void> {
    await this.#cache.remove(key);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((thread) => thread.terminate()));
  }

  async #take(dataset: Dataset): Promise<TrialThread> {
    const at = this.#idle.findIndex(({ digest }) => digest === dataset.digest);
    const [ready] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (ready !== undefined) return ready.thread;
    const other = this.#all.size >= this.#most ? this.#idle.shift()?.thread : undefined;
    if (other !== undefined) {
      this.#all.delete(other);
      await other.terminate();
    }
    const shared = this.#shared.get(dataset.digest) ?? shareDataset(dataset);
    this.#shared.set(dataset.digest, shared);
    const thread = new TrialThread({
      dataset: shared,
      engine: 'auto',
      cacheDirectory: this.#cache.directory,
    });
    this.#all.add(thread);
    return thread;
  }
}

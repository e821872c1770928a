import { isCudaTrouble } from '../engines/cuda/errors.ts';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import { DeviceThread } from './device-thread.ts';
import type { TrialExecutor, TrialWork } from './trial-executor.ts';
import { shareDataset, TrialThread } from './trial-thread.ts';
import { mapSideBySide, WorkerPool } from '../workers/pool.ts';
import type { WorkerSetup } from './worker-messages.ts';

/**
 * Trains in worker threads of this process, and ends with the first trial that fails. On a GPU one thread trains all; where
 * the GPU fails and the work names another engine, that goes on from the checkpoints.
 */
export const threadExecutor: TrialExecutor = {
  async train(work) {
    if (work.engine !== 'cuda') return trainInThreads(work);
    const trained = new Set<string>();
    try {
      await trainOnGpu(work, trained);
    } catch (error) {
      if (work.fallback === undefined || !isCudaTrouble(error)) throw error;
      work.fallback.onUse?.(error as LabproofError);
      const trials = work.trials.filter(({ key }) => !trained.has(key));
      await trainInThreads({ ...work, trials, engine: work.fallback.engine });
    }
  },
};

/** Adds the key of every trial that is finished to `trained`. */
async function trainOnGpu(work: TrialWork, trained: Set<string>): Promise<void> {
  const thread = new DeviceThread({
    dataset: shareDataset(work.dataset),
    engine: work.engine,
    cacheDirectory: work.cache.directory,
    build: work.cache.build,
  });
  let told = Promise.resolve();
  const onTrained = (key: string): void => {
    trained.add(key);
    told = told.then(() => work.onFinished(key));
  };
  try {
    await untilInterrupted(thread.train(work.trials, onTrained, work.onProgress), work.signal);
  } finally {
    await told;
    await thread.terminate();
  }
}

async function trainInThreads(work: TrialWork): Promise<void> {
  const setup: WorkerSetup = {
    dataset: shareDataset(work.dataset),
    engine: work.engine,
    ...(work.threads === undefined ? {} : { threads: work.threads }),
    cacheDirectory: work.cache.directory,
    build: work.cache.build,
  };
  const pool = new WorkerPool<TrialThread>({
    most: work.jobs,
    stop: (thread) => thread.terminate(),
    isDead: (thread) => thread.dead,
  });
  const kind = { name: 'trials', start: () => new TrialThread(setup) };
  try {
    await untilInterrupted(
      mapSideBySide(work.trials, work.jobs, async (job) => {
        await pool.use(kind, (thread) => thread.train(job, work.onProgress));
        await work.onFinished(job.key);
      }),
      work.signal,
    );
  } finally {
    await pool.stop();
    // A thread that was ended in the middle of a write has left what it had written aside.
    for (const { key } of work.trials) await work.cache.sweep(key);
  }
}

/** The work, or `trial-interrupted` as soon as the signal fires. */
async function untilInterrupted(work: Promise<unknown>, signal?: AbortSignal): Promise<void> {
  const done = new AbortController();
  try {
    await new Promise((resolve, reject) => {
      const abort = (): void => reject(trialInterrupted());
      if (signal?.aborted === true) abort();
      signal?.addEventListener('abort', abort, { once: true, signal: done.signal });
      work.then(resolve, reject);
    });
  } finally {
    done.abort();
  }
}

/** What a command that was interrupted says. */
export function trialInterrupted(
  fix = 'Run the same command again: it goes on where this one stopped.',
): LabproofError {
  return coreError('trial-interrupted', {
    message: 'The command was interrupted before all trials were finished.',
    fix,
  });
}

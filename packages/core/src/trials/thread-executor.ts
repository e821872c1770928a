import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import type { TrialExecutor, TrialWork } from './trial-executor.ts';
import { shareDataset, TrialThread } from './trial-thread.ts';
import { mapSideBySide, WorkerPool } from '../workers/pool.ts';
import type { WorkerSetup } from './worker-messages.ts';

/** Trains in worker threads of this process, and ends with the first trial that fails. */
export const threadExecutor: TrialExecutor = { train: trainInThreads };

async function trainInThreads(work: TrialWork): Promise<void> {
  const setup: WorkerSetup = {
    dataset: shareDataset(work.dataset),
    engine: work.engine,
    cacheDirectory: work.cache.directory,
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

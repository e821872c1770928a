import { LabproofError } from '../errors.ts';
import type { TrialExecutor, TrialWork } from './trial-executor.ts';
import { shareDataset, TrialThread } from './trial-thread.ts';
import type { TrialJob, WorkerSetup } from './worker-messages.ts';

/** Trains in worker threads of this process, and ends with the first trial that fails. */
export const threadExecutor: TrialExecutor = { train: trainInThreads };

async function trainInThreads(work: TrialWork): Promise<void> {
  const setup: WorkerSetup = {
    dataset: shareDataset(work.dataset),
    engine: work.engine,
    cacheDirectory: work.cache.directory,
  };
  const queue = [...work.trials];
  const threads: TrialThread[] = [];
  try {
    await untilInterrupted(
      Promise.all(
        Array.from({ length: Math.min(work.jobs, queue.length) }, () => {
          const thread = new TrialThread(setup);
          threads.push(thread);
          return drain(thread, queue, work);
        }),
      ),
      work.signal,
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Feeds one thread from the queue until it is empty. */
async function drain(thread: TrialThread, queue: TrialJob[], work: TrialWork): Promise<void> {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    await thread.train(job, work.onProgress);
    await work.onFinished(job.key);
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
  return new LabproofError({
    code: 'trial-interrupted',
    owner: 'instructor',
    message: 'interrupted before all trials were finished',
    fix,
  });
}

import { Worker } from 'node:worker_threads';
import type { Dataset, DatasetSplit } from '../dataset.ts';
import { LabproofError } from '../errors.ts';
import type { TrialExecutor, TrialWork } from './trial-executor.ts';
import type { TrialJob, WorkerMessage, WorkerSetup } from './worker-messages.ts';

/** Trains in worker threads of this process, and ends with the first trial that fails. */
export const threadExecutor: TrialExecutor = { train: trainInThreads };

async function trainInThreads(work: TrialWork): Promise<void> {
  const setup: WorkerSetup = {
    dataset: shareDataset(work.dataset),
    engine: work.engine,
    cacheDirectory: work.cache.directory,
  };
  const queue = [...work.trials];
  const workers: Worker[] = [];
  try {
    await Promise.all(
      Array.from({ length: Math.min(work.jobs, queue.length) }, () => {
        const worker = startWorker(setup);
        workers.push(worker);
        return drain(worker, queue, work);
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Feeds one worker from the queue until it is empty. */
function drain(worker: Worker, queue: TrialJob[], work: TrialWork): Promise<void> {
  const done = new AbortController();
  const drained = new Promise<void>((resolve, reject) => {
    const next = (): void => {
      const job = queue.shift();
      if (job === undefined) resolve();
      else worker.postMessage(job);
    };
    const abort = (): void => reject(trialInterrupted());
    if (work.signal?.aborted === true) abort();
    work.signal?.addEventListener('abort', abort, { once: true, signal: done.signal });
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'progress':
          work.onProgress?.(message.progress);
          break;
        case 'finished':
          work.onFinished(message.key).then(next, reject);
          break;
        case 'failed':
          reject(new LabproofError(message.problem));
          break;
      }
    });
    worker.on('error', reject);
    worker.on('exit', () =>
      reject(
        new LabproofError({
          code: 'trial-worker-died',
          owner: 'us',
          message: 'a training worker ended before its trial was finished',
          fix: 'Run the same command again with --jobs 1; if memory is short, close other programs.',
        }),
      ),
    );
    next();
  });
  return drained.finally(() => done.abort());
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

/** From sources (tests, development) the worker is TypeScript and needs the tsx loader; a built package needs nothing. */
function startWorker(workerData: WorkerSetup): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./trial-worker.js', import.meta.url), { workerData });
  }
  const source = JSON.stringify(new URL('./trial-worker.ts', import.meta.url).href);
  // Loader hooks do not reach a worker's own entry file, so the entry registers them first.
  const entry = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}); })`;
  return new Worker(entry, {
    eval: true,
    workerData,
    execArgv: ['--conditions', '@labproof/source'],
  });
}

function shareDataset(dataset: Dataset): Dataset {
  return { ...dataset, train: shareSplit(dataset.train), test: shareSplit(dataset.test) };
}

function shareSplit(split: DatasetSplit): DatasetSplit {
  return { ...split, images: shareBytes(split.images), labels: shareBytes(split.labels) };
}

function shareBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

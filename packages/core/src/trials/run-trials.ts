import { Worker } from 'node:worker_threads';
import type { Dataset, DatasetSplit } from '../dataset.ts';
import { LabproofError } from '../errors.ts';
import type { Recipe } from '../recipe.ts';
import { checkLimits, planLimits } from '../training/limits.ts';
import { planForTraining } from '../training/trainer.ts';
import type { TrialResult } from '../trial.ts';
import type { TrialProgress } from './run-trial.ts';
import { type FinishedTrial, TrialCache } from './trial-cache.ts';
import { isTfjsEngine, openTrialEngine, type TrialEngineName } from './trial-engine.ts';
import { trialKey } from './trial-key.ts';
import type { TrialJob, WorkerMessage, WorkerSetup } from './worker-messages.ts';

/** A trial's result together with the weights it ended with, in layer order. */
export interface TrainedTrial {
  readonly result: TrialResult;
  readonly weights: readonly Float32Array[];
}

export interface RunTrialsOptions {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly seeds: readonly number[];
  readonly engine: TrialEngineName;
  /** Trials side by side, each on one core; TensorFlow itself uses every core, so with it there is one at a time. */
  readonly jobs: number;
  readonly cacheDirectory: string;
  readonly onProgress?: (progress: TrialProgress) => void;
  readonly onFinished?: (result: TrialResult) => void;
  /** Stops after the checkpoints that are already written; finished trials stay in the cache. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a recipe from several seeds in worker threads and returns the trials in the order of the seeds.
 * Trials that the cache holds are not run again; interrupted ones go on from their last checkpoint.
 */
export async function runTrials(options: RunTrialsOptions): Promise<TrainedTrial[]> {
  const { recipe } = options;
  const plan = planForTraining(recipe, options.dataset);
  checkLimits(planLimits(plan, recipe, options.dataset));
  // Only TensorFlow.js is opened here: what it can do and which versions it has are part of what a trial is.
  const engine = isTfjsEngine(options.engine)
    ? await openTrialEngine(options.engine, { recipe, plan })
    : null;
  const cache = new TrialCache(options.cacheDirectory);
  const trained = new Map<string, TrainedTrial>();
  const keep = (key: string, { result, weights }: FinishedTrial, cached: boolean): void => {
    const trial = { result: { ...result, cached }, weights };
    trained.set(key, trial);
    options.onFinished?.(trial.result);
  };
  const jobs = options.seeds.map((seed): TrialJob => {
    const identity = { recipe, dataDigest: options.dataset.digest, seed };
    const own = engine?.identity ?? null;
    const key = trialKey(own === null ? identity : { ...identity, engine: own });
    return { key, recipe, seed };
  });
  const pending: TrialJob[] = [];
  for (const job of jobs) {
    const finished = await cache.read(job.key);
    if (finished === null) pending.push(job);
    else keep(job.key, finished, true);
  }
  if (pending.length > 0) {
    const asked = engine === null ? options : { ...options, engine: engine.name };
    const sideBySide = engine?.name === 'tfjs:tensorflow' ? 1 : options.jobs;
    await runInWorkers(pending, { ...asked, jobs: sideBySide }, async (key) => {
      const finished = await cache.read(key);
      if (finished === null) {
        throw new LabproofError({
          code: 'cache-lost-entry',
          owner: 'us',
          message: `a trial that was just finished is not in the cache ${cache.directory}`,
          fix: 'Check that nothing else empties the directory, then run the same command again.',
        });
      }
      keep(key, finished, false);
    });
  }
  return jobs.map(({ key }) => {
    const trial = trained.get(key);
    if (trial === undefined) throw new Error(`no result for trial ${key}`);
    return trial;
  });
}

async function runInWorkers(
  pending: readonly TrialJob[],
  options: RunTrialsOptions,
  onFinished: (key: string) => Promise<void>,
): Promise<void> {
  const setup: WorkerSetup = {
    dataset: shareDataset(options.dataset),
    engine: options.engine,
    cacheDirectory: options.cacheDirectory,
  };
  const queue = [...pending];
  const workers: Worker[] = [];
  try {
    await Promise.all(
      Array.from({ length: Math.min(options.jobs, pending.length) }, () => {
        const worker = startWorker(setup);
        workers.push(worker);
        return drain(worker, queue, options, onFinished);
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Feeds one worker from the queue until it is empty. */
function drain(
  worker: Worker,
  queue: TrialJob[],
  options: RunTrialsOptions,
  onFinished: (key: string) => Promise<void>,
): Promise<void> {
  const done = new AbortController();
  const drained = new Promise<void>((resolve, reject) => {
    const next = (): void => {
      const job = queue.shift();
      if (job === undefined) resolve();
      else worker.postMessage(job);
    };
    const abort = (): void =>
      reject(
        new LabproofError({
          code: 'trial-interrupted',
          owner: 'instructor',
          message: 'interrupted before all trials were finished',
          fix: 'Run the same command again: it goes on where this one stopped.',
        }),
      );
    if (options.signal?.aborted === true) abort();
    options.signal?.addEventListener('abort', abort, { once: true, signal: done.signal });
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'progress':
          options.onProgress?.(message.progress);
          break;
        case 'finished':
          onFinished(message.key).then(next, reject);
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

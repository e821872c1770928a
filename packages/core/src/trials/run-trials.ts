import type { Dataset } from '../datasets/dataset.ts';
import { hasCudaDevice } from '../engines/cuda/open.ts';
import { type EngineChoice, resolveEngine } from '../engines/open.ts';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { planTraining } from '../training/training-plan.ts';
import type { TrialResult } from './trial-result.ts';
import { findKeptTrials, recheckTrials } from './kept-trials.ts';
import type { TrialProgress } from './run-trial.ts';
import {
  type BuildOfTrials,
  type DamagedFile,
  type FinishedTrial,
  TrialCache,
} from './trial-cache.ts';
import {
  isTfjsEngine,
  openTrialEngine,
  type TrialEngine,
  type TrialEngineName,
} from './trial-engine.ts';
import { trialKey } from './trial-key.ts';
import { threadExecutor } from './thread-executor.ts';
import { type ThreadsOfATask, threadsOf } from '../workers/cores.ts';
import type { TrialExecutor, TrialWork } from './trial-executor.ts';
import type { TrialJob } from './worker-messages.ts';

/** A trial's result together with the weights it ended with, in layer order. */
export interface TrainedTrial {
  readonly result: TrialResult;
  readonly weights: readonly Float32Array[];
}

/** What was trained, in the order of the seeds. */
export interface TrainedTrials {
  /** What the choice of an engine came to on this machine; workers behind a queue use what each of them has. */
  readonly engine: TrialEngine['name'];
  readonly trials: readonly TrainedTrial[];
}

export interface RunTrialsOptions {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly seeds: readonly number[];
  readonly engine: TrialEngineName;
  /** Trials side by side; TensorFlow itself uses every core, so with it there is one at a time. */
  readonly jobs: number;
  /** On how many threads each trial is computed; one unless told. Its bits are the same on any number. */
  readonly threads?: ThreadsOfATask;
  readonly cacheDirectory: string;
  /** Who trains, to be kept with the trials. */
  readonly build?: BuildOfTrials;
  /** Who trains; worker threads of this process unless told. */
  readonly executor?: TrialExecutor;
  /** Which engine goes on where the GPU fails; with `auto` there always is one. */
  readonly fallback?: EngineChoice;
  readonly onFallback?: (problem: LabproofError) => void;
  readonly onProgress?: (progress: TrialProgress) => void;
  readonly onFinished?: (result: TrialResult) => void;
  /** A file of the cache is damaged, so that what it held is computed again. */
  readonly onDamaged?: (damage: DamagedFile) => void;
  /** Write down what stands at the landmarks of the training. */
  readonly landmarks?: boolean;
  /** Stops after the checkpoints that are already written; finished trials stay in the cache. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a recipe from several seeds, in worker threads unless told.
 * Trials that the cache holds are not run again; interrupted ones go on from their last checkpoint.
 */
export async function runTrials(options: RunTrialsOptions): Promise<TrainedTrials> {
  const { recipe } = options;
  const plan = planTraining(recipe, options.dataset);
  // Only TensorFlow.js is opened here: what it can do and which versions it has are part of what a trial is.
  const opened = isTfjsEngine(options.engine)
    ? await openTrialEngine(options.engine, plan.model)
    : { name: engineHere(options), identity: null };
  const engine = opened.name;
  const cache = new TrialCache(options.cacheDirectory, options.build);
  const trained = new Map<string, TrainedTrial>();
  const keep = (key: string, { result, weights }: FinishedTrial, cached: boolean): void => {
    const trial = { result: { ...result, cached }, weights };
    trained.set(key, trial);
    options.onFinished?.(trial.result);
  };
  const jobs = options.seeds.map((seed): TrialJob => {
    const identity = { recipe, dataDigest: options.dataset.digest, seed };
    const own = opened.identity;
    const key = trialKey(own === null ? identity : { ...identity, engine: own });
    return { key, plan, seed, ...(options.landmarks === true ? { landmarks: true } : {}) };
  });
  const found = await findKeptTrials(jobs, cache, options);
  for (const [key, trial] of found.whole) keep(key, trial, true);
  await recheckTrials(found.unchecked, { ...options, engine, cache, keep });
  const pending = jobs.filter(({ key }) => !trained.has(key));
  if (pending.length > 0) {
    const sideBySide = engine === 'tfjs:tensorflow' ? 1 : options.jobs;
    const { executor = threadExecutor } = options;
    const threads = threadsOf(options.threads ?? 1, sideBySide, pending.length);
    const onFinished = async (key: string): Promise<void> => {
      const finished = await cache.read(key);
      if (finished === null) {
        throw coreError('cache-lost-entry', {
          message: `A trial that was just finished is not in the cache ${cache.directory}.`,
          fix: 'Check that nothing else empties the directory, then run the same command again.',
        });
      }
      keep(key, finished, false);
    };
    await executor.train({
      trials: pending,
      dataset: options.dataset,
      engine,
      jobs: sideBySide,
      threads,
      cache,
      onFinished,
      ...fallbackOf(options, engine),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  }
  const trials = jobs.map(({ key }) => {
    const trial = trained.get(key);
    if (trial === undefined) throw new Error(`no result for trial ${key}`);
    return trial;
  });
  return { engine, trials };
}

/** What an engine of Labproof's own arithmetic comes to; `auto` is the GPU where trials are trained here and there is one. */
function engineHere({ engine, executor = threadExecutor }: RunTrialsOptions): TrialEngine['name'] {
  if (engine === 'cuda') return engine;
  if (isTfjsEngine(engine)) throw new Error('TensorFlow.js is opened, not resolved');
  return engine === 'auto' && executor === threadExecutor && hasCudaDevice()
    ? 'cuda'
    : resolveEngine(engine);
}

function fallbackOf(
  options: RunTrialsOptions,
  engine: TrialEngine['name'],
): Pick<TrialWork, 'fallback'> {
  const choice = options.fallback ?? (options.engine === 'auto' ? 'auto' : undefined);
  if (engine !== 'cuda' || choice === undefined) return {};
  const { onFallback } = options;
  return {
    fallback: { engine: choice, ...(onFallback === undefined ? {} : { onUse: onFallback }) },
  };
}

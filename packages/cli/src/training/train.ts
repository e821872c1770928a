import { formatPlural } from '@labproof/submission';
import {
  type Dataset,
  type EngineChoice,
  hashOf,
  type Recipe,
  runTrials,
  thisBuild,
  type TrainedTrial,
  type TrialEngine,
  type TrialEngineName,
  type TrialExecutor,
} from '@labproof/core';
import type { ThreadsOfATask } from '@labproof/core/workers';
import type { Exercise } from '@labproof/lab';
import type { Context } from '../program/context.ts';
import { Progress } from '../progress/progress.ts';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';

/** How `run` and `calibrate` are asked to train. */
export interface TrialOptions {
  readonly trials: number;
  readonly seed: number;
  readonly epochs?: number;
  readonly limit?: number;
  readonly engine: TrialEngineName;
  /** Who goes on where a GPU fails. */
  readonly fallback?: EngineChoice;
  readonly jobs?: number;
  /** Threads of each trial; the cores are shared out unless told. */
  readonly threads?: ThreadsOfATask;
  /** Who trains; this machine unless told. */
  readonly executor?: TrialExecutor;
  /** Trials that another build of Labproof has left in the cache are trained again. */
  readonly thisBuildOnly?: boolean;
}

/** A trained exercise, ready for printing. */
export interface TrainedExercise {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  /** `workers`: each worker behind a queue used the best engine that it has; all give the same. */
  readonly engine: TrialEngine['name'] | 'workers';
  readonly trials: readonly TrainedTrial[];
}

/** Trains one exercise from consecutive seeds with progress on stderr. */
export async function trainExercise(
  context: Context,
  exercise: Exercise,
  options: TrialOptions,
): Promise<TrainedExercise> {
  const recipe: Recipe = {
    ...exercise.recipe,
    epochs: options.epochs ?? exercise.recipe.epochs,
    trainLimit: options.limit ?? exercise.recipe.trainLimit,
  };
  const dataset = await loadDatasetWithProgress(context, recipe.dataset);
  const seeds = Array.from({ length: options.trials }, (_, index) => options.seed + index);
  return trainRecipe(context, { title: exercise.id, recipe, dataset, seeds, ...options });
}

/** Trains a recipe from the given seeds with progress on stderr. */
export async function trainRecipe(
  context: Context,
  options: {
    title: string;
    recipe: Recipe;
    dataset: Dataset;
    seeds: readonly number[];
    engine: TrialEngineName;
    fallback?: EngineChoice;
    jobs?: number;
    threads?: ThreadsOfATask;
    /** Where finished trials are looked up and kept; the user's trial cache unless told. */
    cacheDirectory?: string;
    executor?: TrialExecutor;
    /** Called whenever a trial has come further. */
    onStep?: () => void;
    /** Write down what stands at the landmarks of the training. */
    landmarks?: boolean;
    thisBuildOnly?: boolean;
  },
): Promise<TrainedExercise> {
  const { recipe, dataset, seeds, executor } = options;
  context.signal.throwIfAborted();
  const progress = new Progress(context, options.title);
  const shares = new Map<number, number>();
  const finished = new Set<number>();
  const update = (): void => {
    const share = seeds.reduce((sum, seed) => sum + (shares.get(seed) ?? 0), 0) / seeds.length;
    progress.update(share, `${finished.size} of ${formatPlural(seeds.length, 'trial')}`);
  };
  try {
    const trained = await runTrials({
      recipe,
      dataset,
      seeds,
      engine: options.engine,
      jobs: Math.min(options.jobs ?? context.cores, context.cores * 4),
      threads: options.threads ?? { cores: context.cores },
      cacheDirectory: options.cacheDirectory ?? context.trialCacheDirectory,
      build: { hash: hashOf(thisBuild()), only: options.thisBuildOnly === true },
      signal: context.signal,
      ...(executor === undefined ? {} : { executor }),
      ...(options.fallback === undefined ? {} : { fallback: options.fallback }),
      ...(options.landmarks === true ? { landmarks: true } : {}),
      onDamaged: ({ file, reason }) => {
        context.err(`${options.title}: ${file} is damaged (${reason}); it is computed again\n`);
      },
      onFallback: ({ message }) => {
        context.err(`${options.title}: ${message}; going on without the GPU\n`);
      },
      onProgress: ({ seed, steps, totalSteps }) => {
        shares.set(seed, steps / totalSteps);
        update();
        options.onStep?.();
      },
      onFinished: ({ seed }) => {
        shares.set(seed, 1);
        finished.add(seed);
        update();
        options.onStep?.();
      },
    });
    const { trials } = trained;
    const engine = executor === undefined ? trained.engine : 'workers';
    const cached = trials.filter(({ result }) => result.cached).length;
    const from = cached === 0 ? '' : `, ${cached} of them from the cache`;
    progress.done(
      `${trials.length} ${trials.length === 1 ? 'trial' : 'trials'}${from}, ${executor === undefined ? `engine ${engine}` : 'by the workers'}`,
    );
    return { recipe, dataset, engine, trials };
  } catch (error) {
    progress.stop();
    throw error;
  }
}

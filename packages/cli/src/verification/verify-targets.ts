import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type EngineChoice,
  type ExerciseVerification,
  LabproofError,
  overallVerdict,
  type Recipe,
  type TrialEngineName,
  type TrialExecutor,
  type TrialResult,
  verifyExercise,
} from '@labproof/core';
import type { Exercise, Lab } from '@labproof/lab';
import type { OpenQueue } from '@labproof/queue';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import type { Context } from '../program/context.ts';
import { trainRecipe } from '../training/train.ts';
import type { Night } from './night.ts';

/** How a night trains. */
export interface NightOptions {
  readonly full?: true;
  readonly engine: TrialEngineName;
  readonly fallback?: EngineChoice;
  readonly jobs?: number;
  readonly freshSeed?: number;
}

/** Verifies exercises one after the other, here or by the workers behind a queue. */
export async function verifyTargets(
  context: Context,
  targets: readonly { lab: Lab; exercise: Exercise }[],
  options: NightOptions,
  queue: OpenQueue | null,
): Promise<Night> {
  // A night of its own: nothing that an earlier night trained is looked up, but an interrupted one goes on.
  const cacheDirectory = join(context.trialCacheDirectory, 'nights', context.today());
  const executor =
    queue === null ? {} : { executor: queue.trials(await nightScope(cacheDirectory)) };
  const freshSeed = options.freshSeed ?? Number(context.today().replaceAll('-', '')) * 1000;
  const exercises: ExerciseVerification[] = [];
  for (const { lab, exercise } of targets) {
    exercises.push(
      await verifyTarget(context, lab, exercise, {
        ...options,
        ...executor,
        cacheDirectory,
        freshSeed,
      }),
    );
  }
  await rm(cacheDirectory, { recursive: true, force: true });
  return { verdict: overallVerdict(exercises), exercises };
}

/**
 * The name under which a night's trials stand in the queue, so that it takes no answers of an earlier one. It lies
 * with the night's trials: an interrupted night goes on under its name, and a finished one leaves it to nobody.
 */
async function nightScope(cacheDirectory: string): Promise<string> {
  const file = join(cacheDirectory, 'scope');
  await mkdir(cacheDirectory, { recursive: true });
  try {
    await writeFile(file, randomUUID(), { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFile(file, 'utf8');
}

/** Data that cannot be had make an exercise `broken`, and the others are still verified. */
async function verifyTarget(
  context: Context,
  lab: Lab,
  exercise: Exercise,
  options: NightOptions & {
    cacheDirectory: string;
    freshSeed: number;
    executor?: TrialExecutor;
  },
): Promise<ExerciseVerification> {
  try {
    const dataset = await loadDatasetWithProgress(context, exercise.recipe.dataset);
    const train = async (recipe: Recipe, seeds: readonly number[]): Promise<TrialResult[]> => {
      const { trials } = await trainRecipe(context, {
        title: exercise.id,
        recipe,
        dataset,
        seeds,
        engine: options.engine,
        ...(options.fallback === undefined ? {} : { fallback: options.fallback }),
        ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
        cacheDirectory: options.cacheDirectory,
        ...(options.executor === undefined ? {} : { executor: options.executor }),
      });
      return trials.map(({ result }) => result);
    };
    const verification = await verifyExercise({
      lab: lab.id,
      exercise,
      dataDigest: dataset.digest,
      full: options.full === true,
      freshSeed: options.freshSeed,
      train,
    });
    // What is broken only because it was ended is no finding.
    context.signal.throwIfAborted();
    return verification;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof LabproofError)) throw error;
    const details = [`${error.message} ${error.fix}`];
    return {
      lab: lab.id,
      exercise: exercise.id,
      identity: 'broken',
      fixedSeeds: 'not-run',
      freshSeeds: 'not-run',
      details,
    };
  }
}

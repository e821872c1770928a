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
import { duration } from '../progress/duration.ts';
import type { Context } from '../program/context.ts';
import { trainRecipe } from '../training/train.ts';
import type { Night } from './night.ts';
import { NightOrder } from './night-order.ts';
import { TimeLimit } from './time-limit.ts';

/** How a night trains. */
export interface NightOptions {
  readonly full?: true;
  readonly engine: TrialEngineName;
  readonly fallback?: EngineChoice;
  readonly jobs?: number;
  readonly freshSeed?: number;
  /** Seconds after which a full night ends; what is left has its turn in the next one. */
  readonly timeLimit?: number;
}

interface Target {
  readonly lab: Lab;
  readonly exercise: Exercise;
}

/** Verifies exercises one after the other, here or by the workers behind a queue. */
export async function verifyTargets(
  context: Context,
  targets: readonly Target[],
  options: NightOptions,
  queue: OpenQueue | null,
): Promise<Night> {
  const nights = join(context.trialCacheDirectory, 'nights');
  const tonight = join(nights, context.today());
  const executor = queue === null ? {} : { executor: queue.trials(await nightScope(tonight)) };
  const limit = new TimeLimit(context, options.timeLimit ?? null);
  const order = options.timeLimit === undefined ? null : await NightOrder.read(nights);
  const byName = new Map(targets.map((target) => [nameOf(target), target]));
  const waiting = order === null ? [...byName.keys()] : order.sort([...byName.keys()]);
  const verified = new Map<string, ExerciseVerification>();
  for (const name of waiting) {
    const target = byName.get(name);
    if (target === undefined || limit.reached) continue;
    const begun = order?.begun?.exercise === name ? order.begun : null;
    const night = {
      exercise: name,
      night: begun?.night ?? context.today(),
      freshSeed: options.freshSeed ?? begun?.freshSeed ?? seedOfDay(context.today()),
    };
    // A night of its own: nothing that an earlier night finished is looked up, but one that was cut short goes on.
    const cacheDirectory = join(nights, night.night, ...name.split('/'));
    order?.begin(night);
    await order?.write();
    const verification = await verifyTarget(limit, target, {
      ...options,
      ...executor,
      cacheDirectory,
      freshSeed: night.freshSeed,
    });
    if (verification === null) continue;
    verified.set(name, verification);
    if (order === null) continue;
    order.done(name, waiting);
    await order.write();
    const done = night.night === context.today() ? cacheDirectory : join(nights, night.night);
    await rm(done, { recursive: true, force: true });
  }
  const left = waiting.filter((name) => !verified.has(name));
  if (left.length === 0) await rm(tonight, { recursive: true, force: true });
  const exercises = targets.map(
    (target) => verified.get(nameOf(target)) ?? notReached(target, options.timeLimit ?? 0),
  );
  return { verdict: overallVerdict(exercises), full: options.full === true, exercises, left };
}

function nameOf({ lab, exercise }: Target): string {
  return `${lab.id}/${exercise.id}`;
}

function seedOfDay(date: string): number {
  return Number(date.replaceAll('-', '')) * 1000;
}

function notReached({ lab, exercise }: Target, seconds: number): ExerciseVerification {
  return {
    lab: lab.id,
    exercise: exercise.id,
    identity: 'not-run',
    fixedSeeds: 'not-run',
    freshSeeds: 'not-run',
    details: [
      `not run: the time limit of ${duration(seconds)} was over; the next night with a limit begins with what this one left`,
    ],
  };
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

/**
 * Data that cannot be had make an exercise `broken`, and the others are still verified. `null` where the time limit was
 * reached in the middle.
 */
async function verifyTarget(
  limit: TimeLimit,
  { lab, exercise }: Target,
  options: NightOptions & {
    cacheDirectory: string;
    freshSeed: number;
    executor?: TrialExecutor;
  },
): Promise<ExerciseVerification | null> {
  const { context } = limit;
  const mended: string[] = [];
  try {
    const dataset = await loadDatasetWithProgress(context, exercise.recipe.dataset, (problem) =>
      mended.push(`data: ${problem}, and was fetched again`),
    );
    const train = async (recipe: Recipe, seeds: readonly number[]): Promise<TrialResult[]> => {
      if (limit.reached) context.signal.throwIfAborted();
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
        onStep: () => void limit.reached,
      });
      return trials.map(({ result }) => result);
    };
    const verification = await verifyExercise({
      lab: lab.id,
      exercise,
      dataDigest: dataset.digest,
      classes: dataset.classes,
      full: options.full === true,
      freshSeed: options.freshSeed,
      train,
    });
    // What is broken only because it was ended is no finding.
    context.signal.throwIfAborted();
    return { ...verification, details: [...mended, ...verification.details] };
  } catch (error) {
    if (limit.ended) return null;
    if (context.signal.aborted || !(error instanceof LabproofError)) throw error;
    const details = [...mended, `${error.message} ${error.fix} [${error.code}]`];
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

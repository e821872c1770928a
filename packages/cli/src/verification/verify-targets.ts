import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type EngineChoice,
  type ExerciseVerification,
  LabproofError,
  nothingVerified,
  overallVerdict,
  type Recipe,
  thisBuild,
  type TrialEngineName,
  type TrialExecutor,
  type TrialResult,
  verifyExercise,
} from '@labproof/core';
import { mapSideBySide, type ThreadsOfATask, threadsOf } from '@labproof/core/workers';
import type { Exercise, Lab } from '@labproof/lab';
import type { OpenQueue } from '@labproof/queue';
import { duration } from '../progress/duration.ts';
import type { Context } from '../program/context.ts';
import { trainRecipe } from '../training/train.ts';
import type { Night } from './night.ts';
import { NightFolders } from './night-folders.ts';
import { NightOrder } from './night-order.ts';
import { readManifest } from './read-manifest.ts';
import { TimeLimit } from './time-limit.ts';
import { TonightsData } from './tonights-data.ts';

/** How a night trains. */
export interface NightOptions {
  readonly full?: true;
  readonly engine: TrialEngineName;
  readonly fallback?: EngineChoice;
  readonly jobs?: number;
  /** Threads of each trial; the cores are shared out unless told. */
  readonly threads?: ThreadsOfATask;
  readonly freshSeed?: number;
  /** Seconds after which a full night ends; what is left has its turn in the next one. */
  readonly timeLimit?: number;
}

interface Target {
  readonly lab: Lab;
  readonly exercise: Exercise;
}

/** Verifies exercises: the excerpts of a quick night side by side, whole trainings one after the other. */
export async function verifyTargets(
  context: Context,
  targets: readonly Target[],
  options: NightOptions,
  queue: OpenQueue | null,
): Promise<Night> {
  const nights = join(context.trialCacheDirectory, 'nights');
  const folders = new NightFolders(nights, whatComputes(options));
  const today = context.today();
  try {
    const tonight = await folders.claim(today);
    const executor = queue === null ? {} : { executor: queue.trials(await nightScope(tonight)) };
    const limit = new TimeLimit(context, options.timeLimit ?? null);
    const data = new TonightsData(limit.context);
    const kept = await NightOrder.read(nights);
    await folders.sweep(today, kept.begun?.night ?? null);
    const order = options.timeLimit === undefined ? null : kept;
    const byName = new Map(targets.map((target) => [nameOf(target), target]));
    const waiting = order === null ? [...byName.keys()] : order.sort([...byName.keys()]);
    const verified = new Map<string, ExerciseVerification>();
    const { cores } = context;
    const sideBySide = options.full === true ? 1 : (options.jobs ?? context.cores);
    await mapSideBySide(waiting, sideBySide, async (name) => {
      const target = byName.get(name);
      if (target === undefined || limit.reached) return;
      const begun = order?.begun?.exercise === name ? order.begun : null;
      const night = {
        exercise: name,
        night: begun?.night ?? today,
        freshSeed: options.freshSeed ?? begun?.freshSeed ?? seedOfDay(today),
      };
      // A night of its own: nothing that an earlier night finished is looked up, but one that was cut short goes on.
      const cacheDirectory = join(await folders.claim(night.night), ...name.split('/'));
      order?.begin(night);
      await order?.write();
      const verification = await verifyTarget(limit, target, {
        ...options,
        ...executor,
        ...(sideBySide > 1
          ? {
              jobs: 1,
              threads: threadsOf(options.threads ?? { cores }, sideBySide, waiting.length),
            }
          : {}),
        data,
        exercises: targets.length,
        cacheDirectory,
        freshSeed: night.freshSeed,
      });
      if (verification === null) return;
      verified.set(name, verification);
      if (order === null) return;
      order.done(name, waiting);
      await order.write();
      if (night.night === today) await rm(cacheDirectory, { recursive: true, force: true });
      else await folders.remove(night.night);
    });
    const left = waiting.filter((name) => !verified.has(name));
    if (left.length === 0) await folders.remove(today);
    const exercises = targets.map(
      (target) => verified.get(nameOf(target)) ?? notReached(target, options.timeLimit ?? 0),
    );
    return { verdict: overallVerdict(exercises), full: options.full === true, exercises, left };
  } finally {
    await folders.release();
  }
}

/** What a night's trials must not be taken from another of. */
function whatComputes({ engine }: NightOptions): unknown {
  const level = process.env['LABPROOF_KERNEL_LEVEL'] ?? null;
  return { build: thisBuild(), engine, level, node: process.version };
}

function nameOf({ lab, exercise }: Target): string {
  return `${lab.id}/${exercise.id}`;
}

function seedOfDay(date: string): number {
  return Number(date.replaceAll('-', '')) * 1000;
}

function notReached({ lab, exercise }: Target, seconds: number): ExerciseVerification {
  return nothingVerified(lab.id, exercise.id, { identity: 'not-run' }, [
    `not run: the time limit of ${duration(seconds)} was over; the next night with a limit begins with what this one left`,
  ]);
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
    data: TonightsData;
    exercises: number;
    executor?: TrialExecutor;
  },
): Promise<ExerciseVerification | null> {
  const { context } = limit;
  let mended: readonly string[] = [];
  try {
    const { dataset, digests, ...loaded } = await options.data.load(exercise.recipe.dataset);
    mended = loaded.mended;
    const train = async (
      recipe: Recipe,
      seeds: readonly number[],
      { landmarks }: { landmarks: boolean } = { landmarks: false },
    ): Promise<TrialResult[]> => {
      if (limit.reached) context.signal.throwIfAborted();
      const { trials } = await trainRecipe(context, {
        title: exercise.id,
        recipe,
        dataset,
        seeds,
        engine: options.engine,
        ...(options.fallback === undefined ? {} : { fallback: options.fallback }),
        ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
        ...(options.threads === undefined ? {} : { threads: options.threads }),
        cacheDirectory: options.cacheDirectory,
        landmarks,
        ...(options.executor === undefined ? {} : { executor: options.executor }),
        onStep: () => void limit.reached,
      });
      return trials.map(({ result }) => result);
    };
    const files = {
      bands: join(context.labs.folderOf(lab.id), 'bands', `${exercise.id}.json`),
      manifest: context.labs.manifestFile(lab.id, exercise.id),
    };
    const verification = await verifyExercise({
      lab: lab.id,
      exercise,
      manifest: readManifest(files.manifest),
      data: digests,
      files,
      full: options.full === true,
      freshSeed: options.freshSeed,
      exercises: options.exercises,
      train,
    });
    // What is broken only because it was ended is no finding.
    context.signal.throwIfAborted();
    return { ...verification, details: [...mended, ...verification.details] };
  } catch (error) {
    if (limit.ended) return null;
    if (context.signal.aborted || !(error instanceof LabproofError)) throw error;
    const details = [...mended, `${error.message} ${error.fix} [${error.code}]`];
    return nothingVerified(lab.id, exercise.id, { identity: 'broken' }, details);
  }
}

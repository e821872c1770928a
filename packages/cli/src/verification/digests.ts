import {
  ARITHMETIC_VERSION,
  type EngineChoice,
  prefixRecipe,
  sha256Hex,
  type TrialEngineName,
} from '@labproof/core';
import type { ThreadsOfATask } from '@labproof/core/workers';
import type { Exercise, Lab } from '@labproof/lab';
import type { Context } from '../program/context.ts';
import { trainRecipe } from '../training/train.ts';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';

/** Seed of an exercise whose bands name none yet. */
const FIRST_SEED = 1;

/** The trained weights of one exercise on this machine, as SHA-256, and what was stored when it was calibrated. */
interface ExerciseDigest {
  readonly lab: string;
  readonly exercise: string;
  readonly seed: number;
  readonly digest: string;
  /** Null where the exercise was never calibrated. */
  readonly stored: string | null;
}

/** What `verify --digests --json` prints: equal on every machine but for `machine`. */
export interface DigestsReport {
  readonly arithmetic: string;
  readonly machine: {
    readonly platform: string;
    readonly node: string;
    readonly engines: string[];
  };
  readonly exercises: readonly ExerciseDigest[];
  /** SHA-256 of the lines "digest  lab/exercise", each ended by a line feed. */
  readonly digest: string;
}

/** Trains a short prefix of each exercise and digests its weights; no stored trial is used. */
export async function digestExercises(
  context: Context,
  targets: readonly { lab: Lab; exercise: Exercise }[],
  options: {
    engine: TrialEngineName;
    fallback?: EngineChoice;
    jobs?: number;
    threads?: ThreadsOfATask;
    cacheDirectory: string;
  },
): Promise<DigestsReport> {
  const exercises: ExerciseDigest[] = [];
  const engines = new Set<string>();
  for (const { lab, exercise } of targets) {
    const { bands } = exercise;
    const seed = bands?.prefix?.seed ?? bands?.seeds[0] ?? FIRST_SEED;
    const { engine, trials } = await trainRecipe(context, {
      title: exercise.id,
      recipe: prefixRecipe(exercise.recipe),
      dataset: await loadDatasetWithProgress(context, exercise.recipe.dataset),
      seeds: [seed],
      ...options,
    });
    engines.add(engine);
    const [trial] = trials;
    if (trial === undefined) throw new RangeError(`${exercise.id} gave no trial`);
    const { digest } = trial.result;
    const stored = bands?.prefix?.digest ?? null;
    exercises.push({ lab: lab.id, exercise: exercise.id, seed, digest, stored });
  }
  return {
    arithmetic: ARITHMETIC_VERSION,
    machine: {
      platform: `${process.platform}-${process.arch}`,
      node: process.version,
      engines: [...engines].toSorted(),
    },
    exercises,
    digest: sha256Hex(new TextEncoder().encode(exercises.map(line).join(''))),
  };
}

/** As `sha256sum` prints, so that two machines are compared with `diff`; the last line stands for all. */
export function digestsText({ exercises, digest }: DigestsReport): string {
  return `${exercises.map(line).join('')}${digest}  all of them\n`;
}

/** What differs from the stored digests and what is on this machine, a sentence each. */
export function digestsComparison({ arithmetic, machine, exercises }: DigestsReport): string {
  const measured = exercises.filter(({ stored }) => stored !== null);
  const differing = measured.filter(({ digest, stored }) => digest !== stored);
  return [
    `${machine.platform}, Node.js ${machine.node}, engine ${machine.engines.join(' and ')}, ${arithmetic}`,
    ...differing.map(
      ({ lab, exercise, stored }) => `${lab}/${exercise}: the lab's bands hold ${stored}`,
    ),
    `${measured.length - differing.length} of ${measured.length} calibrated exercises give the digest that is stored in their lab`,
    '',
  ].join('\n');
}

function line({ digest, lab, exercise }: ExerciseDigest): string {
  return `${digest}  ${lab}/${exercise}\n`;
}

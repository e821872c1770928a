import { ARITHMETIC_VERSION } from '../arithmetic.ts';
import type { Bands } from '../bands/bands.ts';
import { LabproofError } from '../errors/labproof-error.ts';
import { prefixRecipe } from '../bands/measure-bands.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { mean } from '../statistics/spread.ts';
import type { TrialResult } from '../trials/trial-result.ts';
import { differences } from './recipe-difference.ts';
import { NIGHTLY_PLAN, sequentialDecision } from './sequential-test.ts';
import { reasonOf } from '../errors/reason.ts';

/** `drifted`: it runs, but gives something else than was measured. `broken`: it does not run. */
export type Verdict = 'ok' | 'drifted' | 'broken' | 'not-run';

/** What a verification says about one exercise; part of the `verify --json` contract. */
export interface ExerciseVerification {
  readonly lab: string;
  readonly exercise: string;
  /** Are the trained weights the same, bit for bit? */
  readonly identity: Verdict;
  /** Do the calibrated seeds still reach what they reached? */
  readonly fixedSeeds: Verdict;
  /** Do seeds that nobody has tried reach the pass mark? */
  readonly freshSeeds: Verdict;
  /** What was compared and what differs, a sentence each. */
  readonly details: readonly string[];
  /** The numbers behind the verdicts on quality, where training ran to the end. */
  readonly measured?: MeasuredQuality;
}

/** Quality of one exercise in one night, in numbers. */
interface MeasuredQuality {
  /** Mean test accuracy of the calibrated seeds minus what they had. */
  readonly change: number;
  /** The calibration's standard deviation. */
  readonly sd: number;
  /** Fresh seeds that reached the pass mark, of those tried. */
  readonly freshPassed: number;
  readonly freshTried: number;
}

/** Calibrated seeds that are trained again at full length. */
const FIXED_SEEDS = 3;

/** Fresh trials that are trained before looking again; decisions do not depend on it. */
const FRESH_BATCH = 2;

/** What is trained and what it was measured to give; `bands` is `null` while nothing is measured. */
export interface MeasuredExercise {
  readonly id: string;
  readonly recipe: Recipe;
  readonly bands: Bands | null;
}

/**
 * Verifies one exercise against its stored bands.
 * The quick way trains a short prefix and compares its digest; `full` trains calibrated seeds and fresh ones to the end.
 * `train` runs trials without any cache of earlier nights. What fails in it becomes the verdict `broken`.
 */
export async function verifyExercise(options: {
  lab: string;
  exercise: MeasuredExercise;
  dataDigest: string;
  /** What the labels are called now, in their order; compared where the bands say what they were called. */
  classes?: readonly string[];
  full: boolean;
  /** The first seed of the fresh trials. */
  freshSeed: number;
  train: (recipe: Recipe, seeds: readonly number[]) => Promise<readonly TrialResult[]>;
}): Promise<ExerciseVerification> {
  const { exercise, full } = options;
  const details: string[] = [];
  const verdicts = { identity: 'not-run', fixedSeeds: 'not-run', freshSeeds: 'not-run' } as {
    identity: Verdict;
    fixedSeeds: Verdict;
    freshSeeds: Verdict;
  };
  const result = (): ExerciseVerification => ({
    lab: options.lab,
    exercise: exercise.id,
    ...verdicts,
    details,
  });
  const { bands, recipe } = exercise;
  if (bands === null) {
    details.push('the exercise was never calibrated: run "labproof calibrate"');
    return result();
  }
  details.push(...changesSince(bands, recipe, options.dataDigest));
  const renamed = renamedClasses(bands, options.classes);
  if (renamed !== null) details.push(renamed);
  const attempt = async (
    part: keyof typeof verdicts,
    run: () => Promise<Verdict>,
  ): Promise<void> => {
    try {
      verdicts[part] = await run();
    } catch (error) {
      if (error instanceof LabproofError && error.code === 'trial-interrupted') throw error;
      verdicts[part] = 'broken';
      details.push(`${part}: ${reasonOf(error)}`);
    }
  };
  if (!full) {
    await attempt('identity', () => comparePrefix(bands, recipe, options.train, details));
    if (renamed !== null && verdicts.identity === 'ok') verdicts.identity = 'drifted';
    return result();
  }
  const seeds = bands.seeds.slice(0, FIXED_SEEDS);
  let fixed: readonly TrialResult[] = [];
  await attempt('identity', async () => {
    fixed = await options.train(recipe, seeds);
    return compareDigests(bands, fixed, details);
  });
  if (verdicts.identity === 'broken') return result();
  if (renamed !== null) verdicts.identity = 'drifted';
  const change = qualityChange(bands, fixed);
  verdicts.fixedSeeds = compareQuality(bands, fixed, change, details);
  const fresh = { passed: 0, failed: 0 };
  await attempt('freshSeeds', () => tryFreshSeeds(bands, recipe, options, fresh, details));
  const measured = {
    change,
    sd: bands.test.accuracy.sd,
    freshPassed: fresh.passed,
    freshTried: fresh.passed + fresh.failed,
  };
  return { ...result(), measured };
}

/** The worst of all verdicts: what a night comes to. */
export function overallVerdict(exercises: readonly ExerciseVerification[]): Verdict {
  const all = new Set(
    exercises.flatMap(({ identity, fixedSeeds, freshSeeds }) => [identity, fixedSeeds, freshSeeds]),
  );
  for (const verdict of ['broken', 'drifted', 'ok'] as const) {
    if (all.has(verdict)) return verdict;
  }
  return 'not-run';
}

function changesSince(bands: Bands, recipe: Recipe, dataDigest: string): string[] {
  const changes: string[] = [];
  if (bands.recipe !== undefined) {
    changes.push(
      ...differences(bands.recipe, recipe).map(
        (change) => `the recipe changed since the calibration: ${change}`,
      ),
    );
  }
  if (bands.dataDigest !== dataDigest) {
    changes.push(
      `the data are not those of the calibration: their digest is ${short(dataDigest)} instead of ${short(bands.dataDigest)}`,
    );
  }
  if (bands.arithmetic !== ARITHMETIC_VERSION) {
    changes.push(`the bands are of ${bands.arithmetic}, this is ${ARITHMETIC_VERSION}`);
  }
  return changes;
}

/**
 * Training is the same whatever its labels are called, so no digest tells; yet with other names every confusion matrix
 * and every answer about a class means something else. `null` where they are the same or were never written down.
 */
export function renamedClasses(
  { classes: before }: Bands,
  classes: readonly string[] | undefined,
): string | null {
  if (before === undefined || classes === undefined) return null;
  const renamed = before.flatMap((name, label) =>
    name === classes[label] ? [] : [`${label}: ${name} → ${classes[label] ?? 'no name'}`],
  );
  if (renamed.length === 0) return null;
  const reversed = before.join('\n') === classes.toReversed().join('\n');
  return `the class names ${reversed ? 'stand in reversed order' : 'changed'} since the calibration: ${renamed.join(', ')}`;
}

async function comparePrefix(
  bands: Bands,
  recipe: Recipe,
  train: (recipe: Recipe, seeds: readonly number[]) => Promise<readonly TrialResult[]>,
  details: string[],
): Promise<Verdict> {
  if (bands.prefix === undefined) {
    details.push(
      'identity: the bands hold no digest of a short prefix; calibrate again, or verify with --full',
    );
    return 'not-run';
  }
  const { seed, digest } = bands.prefix;
  const [trial] = await train(prefixRecipe(recipe), [seed]);
  if (trial?.digest === digest) {
    details.push(
      `identity: the short prefix of seed ${seed} has the digest of the calibration, ${short(digest)}`,
    );
    return 'ok';
  }
  details.push(
    `identity: the short prefix of seed ${seed} gives ${short(trial?.digest ?? '')} instead of ${short(digest)}`,
  );
  return 'drifted';
}

function compareDigests(bands: Bands, trials: readonly TrialResult[], details: string[]): Verdict {
  const differing = trials.filter(
    ({ seed, digest }) => bands.trials.find((trial) => trial.seed === seed)?.digest !== digest,
  );
  if (differing.length === 0) {
    details.push(
      `identity: seeds ${trials.map(({ seed }) => seed).join(', ')} have the digests of the calibration`,
    );
    return 'ok';
  }
  for (const { seed, digest } of differing) {
    const expected = bands.trials.find((trial) => trial.seed === seed)?.digest ?? '';
    details.push(`identity: seed ${seed} gives ${short(digest)} instead of ${short(expected)}`);
  }
  return 'drifted';
}

/** Same seeds, so the comparison is paired. */
function qualityChange(bands: Bands, trials: readonly TrialResult[]): number {
  const before = trials.map(
    ({ seed }) => bands.trials.find((trial) => trial.seed === seed)?.accuracy ?? 0,
  );
  return mean(trials.map(({ test }) => test.accuracy)) - mean(before);
}

/** The mean may move by one standard deviation of the calibration. */
function compareQuality(
  bands: Bands,
  trials: readonly TrialResult[],
  change: number,
  details: string[],
): Verdict {
  const { sd } = bands.test.accuracy;
  const below = trials.filter(({ test }) => test.accuracy < bands.test.accuracyLower.value);
  const moved = Math.abs(change) > sd;
  details.push(
    `fixed seeds: mean test accuracy ${change < 0 ? '' : '+'}${change.toFixed(4)} against the calibration (sd ${sd.toFixed(4)}), ${below.length} of ${trials.length} below the pass mark ${bands.test.accuracyLower.value.toFixed(4)}`,
  );
  return moved || below.length > 1 ? 'drifted' : 'ok';
}

async function tryFreshSeeds(
  bands: Bands,
  recipe: Recipe,
  options: {
    freshSeed: number;
    train: (recipe: Recipe, seeds: readonly number[]) => Promise<readonly TrialResult[]>;
  },
  /** Counts up, so that the numbers are there even where a later trial breaks. */
  fresh: { passed: number; failed: number },
  details: string[],
): Promise<Verdict> {
  const bound = bands.test.accuracyLower.value;
  let decision = sequentialDecision(fresh.passed, fresh.failed);
  while (decision === 'undecided') {
    const first = options.freshSeed + fresh.passed + fresh.failed;
    const seeds = Array.from({ length: FRESH_BATCH }, (_, index) => first + index);
    for (const { test } of await options.train(recipe, seeds)) {
      // Whatever was trained beyond the decision is not looked at, so batches change nothing.
      if (decision !== 'undecided') break;
      if (test.accuracy >= bound) fresh.passed += 1;
      else fresh.failed += 1;
      decision = sequentialDecision(fresh.passed, fresh.failed);
    }
  }
  const { falseAlarm, miss } = NIGHTLY_PLAN;
  details.push(
    `fresh seeds: ${fresh.passed} of ${fresh.passed + fresh.failed} from seed ${options.freshSeed} on reach the pass mark ${bound.toFixed(4)} (sequential test, false alarm ${(falseAlarm * 100).toFixed(1)} %, miss ${(miss * 100).toFixed(1)} %)`,
  );
  return decision === 'healthy' ? 'ok' : 'drifted';
}

function short(digest: string): string {
  return digest.slice(0, 16);
}

import type { Bands } from '../bands/bands.ts';
import { LabproofError } from '../errors/labproof-error.ts';
import { reasonOf } from '../errors/reason.ts';
import type { DataDigests } from '../manifests/data-digests.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { TrialResult } from '../trials/trial-result.ts';
import { changesSince, renamedClasses } from './calibration.ts';
import { fixedSeeds } from './fixed-seeds.ts';
import { compareQuality, qualityChange, tryFreshSeeds } from './quality.ts';
import {
  compareExcerpt,
  comparePrefix,
  compareTrials,
  type SameBits,
  type TrainTrials,
  withoutRecord,
} from './same-bits.ts';
import type { ExerciseVerification, Verdict, VerifiedPart } from './verdict.ts';

/** What is trained and what it was measured to give; `bands` is `null` while nothing is measured. */
export interface MeasuredExercise {
  readonly id: string;
  readonly recipe: Recipe;
  readonly bands: Bands | null;
}

interface VerifyOptions {
  readonly lab: string;
  readonly exercise: MeasuredExercise;
  /** What the calibration signed off, where it did; `{ fault }` where there is a file that cannot be read as one. */
  readonly manifest: Manifest | { readonly fault: string } | null;
  /** Tonight's data. */
  readonly data: DataDigests;
  /** The files of the bands and of the manifest, to be named. */
  readonly files: { readonly bands: string; readonly manifest: string };
  readonly full: boolean;
  /** The first seed of the fresh trials. */
  readonly freshSeed: number;
  /** Exercises of the night, whose false alarms add up; this one alone unless told. */
  readonly exercises?: number;
  readonly train: TrainTrials;
}

/**
 * Verifies one exercise against what was measured and signed off. The quick way trains an excerpt and compares
 * everything that comes out of it; `full` also trains calibrated seeds and fresh ones to the end. `train` runs trials
 * without any cache of earlier nights. What fails in it becomes the verdict `broken`.
 */
export async function verifyExercise(options: VerifyOptions): Promise<ExerciseVerification> {
  const { exercise, full, train } = options;
  const { bands, recipe } = exercise;
  const details: string[] = [];
  const notCovered: string[] = [];
  /** What is not as it was, in the order in which one thing leads to the next. */
  const findings: string[] = [];
  let parting: SameBits['parting'];
  const find = (...texts: readonly string[]): void => {
    details.push(...texts);
    findings.push(...texts);
  };
  const verdicts: Record<VerifiedPart, Verdict> = {
    calibration: 'not-run',
    identity: 'not-run',
    evaluation: 'not-run',
    fixedSeeds: 'not-run',
    freshSeeds: 'not-run',
  };
  const result = (): ExerciseVerification => ({
    lab: options.lab,
    exercise: exercise.id,
    ...verdicts,
    details: [...details, ...notCovered.map((what) => `not covered: ${what}`)],
    notCovered,
    ...(findings[0] === undefined ? {} : { cause: findings[0] }),
    ...(parting === undefined ? {} : { parting: { at: parting.at, kind: parting.kind } }),
  });
  if (bands === null) {
    if (options.manifest === null) {
      details.push('the exercise was never calibrated: run "labproof calibrate"');
    } else {
      verdicts.calibration = 'drifted';
      find(`${options.files.manifest} signs off a calibration, and ${options.files.bands} is gone`);
    }
    return result();
  }
  const manifest = usable(options, find, notCovered);
  const changes = changesSince({ ...options, recipe, bands, manifest });
  find(...changes);
  const changed = changes.length > 0 || (options.manifest !== null && manifest === null);
  verdicts.calibration = changed ? 'drifted' : 'ok';
  const attempt = async (part: VerifiedPart, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      if (error instanceof LabproofError && error.code === 'trial-interrupted') throw error;
      verdicts[part] = 'broken';
      find(`${part}: ${reasonOf(error)}`);
    }
  };
  const take = (bits: SameBits): void => {
    verdicts.identity = worse(verdicts.identity, bits.identity);
    verdicts.evaluation = worse(verdicts.evaluation, bits.evaluation);
    parting ??= bits.parting;
    say(worse(bits.identity, bits.evaluation), bits.details);
  };
  const excerpt = manifest?.excerpt;
  if (excerpt !== undefined) {
    await attempt('identity', async () => take(await compareExcerpt(recipe, excerpt, train)));
  } else if (!full && bands.prefix !== undefined) {
    const { prefix } = bands;
    await attempt('identity', async () => take(await comparePrefix(recipe, prefix, train)));
    notCovered.push(`evaluation and where it parts, as ${NO_MANIFEST}`);
  } else if (!full) {
    notCovered.push(`identity and evaluation, as ${NO_MANIFEST}`);
  }
  if (full && verdicts.identity !== 'broken') {
    const seeds = fixedSeeds(bands.seeds, options.freshSeed);
    let fixed: readonly TrialResult[] = [];
    await attempt('identity', async () => {
      fixed = await train(recipe, seeds);
      take(compareTrials(bands, manifest, fixed));
    });
    const unknown = withoutRecord(manifest, seeds);
    if (unknown.length > 0) {
      details.push(
        `history and predicted classes of ${unknown.length === 1 ? 'seed' : 'seeds'} ${unknown.join(', ')} were not signed off, so their digests, losses and accuracies alone are compared`,
      );
    }
    if (fixed.length > 0) return { ...(await withQuality(fixed)) };
  }
  dropNames();
  return result();

  function say(verdict: Verdict, texts: readonly string[]): void {
    if (verdict === 'ok') details.push(...texts);
    else find(...texts);
  }

  /** Other names of classes move no bit, yet say that the lab is another one. */
  function dropNames(): void {
    if (bands === null || renamedClasses(bands, options.data.classes) === null) return;
    verdicts.identity = worse(verdicts.identity, 'drifted');
  }

  async function withQuality(fixed: readonly TrialResult[]): Promise<ExerciseVerification> {
    if (bands === null) return result();
    dropNames();
    const change = qualityChange(bands, fixed);
    const quality: string[] = [];
    verdicts.fixedSeeds = compareQuality(bands, fixed, change, quality);
    say(verdicts.fixedSeeds, quality);
    const fresh = { passed: 0, failed: 0 };
    const how = { ...options, exercises: options.exercises ?? 1 };
    await attempt('freshSeeds', async () => {
      const tried: string[] = [];
      verdicts.freshSeeds = await tryFreshSeeds(bands, recipe, how, fresh, tried);
      say(verdicts.freshSeeds, tried);
    });
    const measured = {
      change,
      sd: bands.test.accuracy.sd,
      freshPassed: fresh.passed,
      freshTried: fresh.passed + fresh.failed,
    };
    return { ...result(), measured };
  }
}

const NO_MANIFEST =
  'there is no manifest of the calibration ("labproof calibrate --sign-off" writes it)';

/** The manifest, if it can be compared with; what is wrong with one that cannot is said. */
function usable(
  { manifest }: VerifyOptions,
  find: (text: string) => void,
  notCovered: string[],
): Manifest | null {
  if (manifest === null) return null;
  if ('fault' in manifest) {
    find(manifest.fault);
    return null;
  }
  if (manifest.excerpt === undefined)
    notCovered.push('where it parts: the manifest has no excerpt');
  return manifest;
}

const ORDER: readonly Verdict[] = ['not-run', 'ok', 'drifted', 'broken'];

function worse(a: Verdict, b: Verdict): Verdict {
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}

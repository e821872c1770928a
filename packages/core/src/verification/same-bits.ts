import type { Bands } from '../bands/bands.ts';
import { prefixRecipe } from '../bands/measure-bands.ts';
import { compareRecords } from '../manifests/compare-records.ts';
import { excerptRecipe } from '../manifests/excerpt.ts';
import { type Manifest, type TrialRecord, trialRecord } from '../manifests/manifest.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { type Parting, whereTheyPart } from '../training/landmarks.ts';
import type { TrialResult } from '../trials/trial-result.ts';
import { UnfinishedTrial } from '../trials/unfinished-trial.ts';
import type { Verdict } from './verdict.ts';

/** Runs trials without any cache of earlier nights; with landmarks where they are asked for. */
export type TrainTrials = (
  recipe: Recipe,
  seeds: readonly number[],
  options?: { readonly landmarks: boolean },
) => Promise<readonly TrialResult[]>;

/** What comparing bits came to. */
export interface SameBits {
  readonly identity: Verdict;
  readonly evaluation: Verdict;
  readonly details: readonly string[];
  /** Where the excerpt parts from that of the calibration. */
  readonly parting?: Parting;
}

/** Trains the excerpt again and compares its weights, losses, accuracies, predicted classes and landmarks. */
export async function compareExcerpt(
  recipe: Recipe,
  excerpt: NonNullable<Manifest['excerpt']>,
  train: TrainTrials,
): Promise<SameBits> {
  const { seed } = excerpt.trial;
  let trial: TrialResult | undefined;
  try {
    [trial] = await train(excerptRecipe(recipe), [seed], { landmarks: true });
  } catch (error) {
    if (!(error instanceof UnfinishedTrial)) throw error;
    return stoppedOnTheWay(excerpt, error);
  }
  if (trial === undefined) throw new RangeError('the excerpt gave no trial');
  const found = compareRecords(excerpt.trial, trialRecord(trial));
  const landmarks = trial.landmarks ?? [];
  const parting = whereTheyPart(excerpt.landmarks, landmarks);
  const what = `the excerpt of seed ${seed}`;
  if (found.length === 0 && parting === null) {
    const details = [
      `identity: ${what} has the weights of the calibration, ${short(trial.digest)}, and the same at all its ${landmarks.length} landmarks`,
      `evaluation: ${what} has the losses, accuracies and predicted classes of the calibration`,
    ];
    return { identity: 'ok', evaluation: 'ok', details };
  }
  const details = found.map(({ part, text }) => `${NAMES[part]}: ${what} gives ${text}`);
  if (parting !== null) details.unshift(partingText(parting));
  const evaluationAlone =
    parting !== null &&
    EVALUATION_KINDS.has(parting.kind) &&
    !found.some(({ part }) => part === 'weights');
  return {
    identity: verdictOn('weights', found, parting !== null && !evaluationAlone),
    evaluation: verdictOn('evaluation', found, evaluationAlone),
    details,
    ...(parting === null ? {} : { parting }),
  };
}

/** An excerpt that did not come to its end: where it parted on its way says more than what stopped it. */
function stoppedOnTheWay(
  excerpt: NonNullable<Manifest['excerpt']>,
  { message, landmarks }: UnfinishedTrial,
): SameBits {
  const parting = whereTheyPart(excerpt.landmarks, landmarks);
  const details = [
    ...(parting === null ? [] : [partingText(parting)]),
    `identity: the excerpt of seed ${excerpt.trial.seed} stopped: ${message}`,
  ];
  return {
    identity: 'broken',
    evaluation: 'not-run',
    details,
    ...(parting === null ? {} : { parting }),
  };
}

function partingText({ at, kind, before, after, same }: Parting): string {
  const landmarks = same === 1 ? '1 landmark that is' : `${same} landmarks that are`;
  return `it parts from the calibration at "${at}" (${said(after)} instead of ${said(before)}) after ${landmarks} the same; what lives there: ${kind}`;
}

const NAMES = { weights: 'identity', evaluation: 'evaluation' } as const;
const EVALUATION_KINDS = new Set(['training metrics', 'validation', 'test evaluation']);

/** Bands of older versions hold the digest of a shorter prefix and nothing of its evaluation. */
export async function comparePrefix(
  recipe: Recipe,
  prefix: NonNullable<Bands['prefix']>,
  train: TrainTrials,
): Promise<SameBits> {
  const { seed, digest } = prefix;
  const [trial] = await train(prefixRecipe(recipe), [seed]);
  const same = trial?.digest === digest;
  const details = [
    same
      ? `identity: the short prefix of seed ${seed} has the digest of the calibration, ${short(digest)}`
      : `identity: the short prefix of seed ${seed} gives ${short(trial?.digest ?? '')} instead of ${short(digest)}`,
  ];
  return { identity: same ? 'ok' : 'drifted', evaluation: 'not-run', details };
}

/** Compares whole trials with what bands and manifest hold of them. */
export function compareTrials(
  bands: Bands,
  manifest: Manifest | null,
  trials: readonly TrialResult[],
): SameBits {
  const details: string[] = [];
  const found = trials.flatMap((trial) => {
    const differences = compareRecords(expectedOf(bands, manifest, trial), trialRecord(trial));
    details.push(
      ...differences.map(({ part, text }) => `${NAMES[part]}: seed ${trial.seed} gives ${text}`),
    );
    return differences;
  });
  const identity = verdictOn('weights', found, false);
  const evaluation = verdictOn('evaluation', found, false);
  const seeds = trials.map(({ seed }) => seed).join(', ');
  if (identity === 'ok') {
    details.push(`identity: seeds ${seeds} have the digests of the calibration`);
  }
  if (evaluation === 'ok') {
    details.push(`evaluation: seeds ${seeds} have the losses and accuracies of the calibration`);
  }
  return { identity, evaluation, details };
}

/** What is known of a trial: all of it by the manifest, its digest and test by the bands. */
function expectedOf(bands: Bands, manifest: Manifest | null, trial: TrialResult): TrialRecord {
  const record = manifest?.trials.find(({ seed }) => seed === trial.seed);
  const band = bands.trials.find(({ seed }) => seed === trial.seed);
  const known = record ?? trialRecord(trial);
  if (band === undefined) return known;
  const { digest, loss, accuracy } = band;
  return { ...known, digest, test: { ...known.test, loss, accuracy } };
}

/** Of the seeds that were trained those of which the manifest holds no history and no classes. */
export function withoutRecord(manifest: Manifest | null, seeds: readonly number[]): number[] {
  const known = new Set(manifest?.trials.map(({ seed }) => seed));
  return seeds.filter((seed) => !known.has(seed));
}

function verdictOn(
  part: 'weights' | 'evaluation',
  found: readonly { readonly part: string }[],
  otherwise: boolean,
): Verdict {
  return otherwise || found.some((difference) => difference.part === part) ? 'drifted' : 'ok';
}

function said(value: string | number): string {
  return typeof value === 'number' ? String(value) : short(value);
}

function short(digest: string): string {
  return digest.slice(0, 16);
}

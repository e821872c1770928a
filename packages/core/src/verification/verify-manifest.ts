import { ARITHMETIC_VERSION } from '../arithmetic.ts';
import { LabproofError } from '../errors/labproof-error.ts';
import { reasonOf } from '../errors/reason.ts';
import { thisBuild } from '../manifests/build.ts';
import { compareRecords } from '../manifests/compare-records.ts';
import { type DataDigests, dataChanges } from '../manifests/data-digests.ts';
import { type Manifest, manifestFaults, trialRecord } from '../manifests/manifest.ts';
import { compareExcerpt, type TrainTrials } from './same-bits.ts';
import type { Verdict } from './verdict.ts';

/** What computing a signed-off result again came to; part of the `verify FILE --json` contract. */
export interface ManifestVerification {
  readonly lab: string;
  readonly exercise: string;
  readonly verdict: Verdict;
  /** Seeds that were trained again to the end. */
  readonly seeds: readonly number[];
  readonly details: readonly string[];
}

/**
 * Computes everything that a manifest signs off again, from its own recipe: every trial to the end, and the excerpt.
 * Another build of Labproof is said and is no fault: what it gives is compared, and not what it is.
 */
export async function verifyManifest(
  manifest: Manifest,
  { data, train }: { readonly data: DataDigests; readonly train: TrainTrials },
): Promise<ManifestVerification> {
  const details = manifestFaults(manifest).map((fault) => `the manifest was changed: ${fault}`);
  if (manifest.data.digest !== data.digest) details.push('the dataset is another one');
  details.push(...dataChanges(manifest.data, data));
  if (manifest.arithmetic !== ARITHMETIC_VERSION) {
    details.push(`it is of ${manifest.arithmetic}, and this is ${ARITHMETIC_VERSION}`);
  }
  let verdict: Verdict = details.length > 0 ? 'drifted' : 'ok';
  const seeds = manifest.trials.map(({ seed }) => seed);
  const remarks = buildRemarks(manifest);
  try {
    const trials = seeds.length === 0 ? [] : await train(manifest.recipe, seeds);
    for (const [index, before] of manifest.trials.entries()) {
      const after = trials[index];
      if (after === undefined) throw new RangeError(`seed ${before.seed} gave no trial`);
      const found = compareRecords(before, trialRecord(after));
      if (found.length > 0) verdict = 'drifted';
      details.push(...found.map(({ text }) => `seed ${before.seed} gives ${text}`));
    }
    if (manifest.excerpt !== undefined) {
      const bits = await compareExcerpt(manifest.recipe, manifest.excerpt, train);
      const same = bits.identity === 'ok' && bits.evaluation === 'ok';
      if (!same) {
        verdict = bits.identity === 'broken' ? 'broken' : 'drifted';
        details.push(...bits.details);
      }
    }
  } catch (error) {
    if (error instanceof LabproofError && error.code === 'trial-interrupted') throw error;
    verdict = 'broken';
    details.push(reasonOf(error));
  }
  if (verdict === 'ok') {
    const excerpt = manifest.excerpt === undefined ? '' : ' and the excerpt with its landmarks';
    details.push(
      `${seeds.length} ${seeds.length === 1 ? 'trial' : 'trials'}${excerpt}: every digest, loss, accuracy and predicted class is the same`,
    );
  }
  const { lab, exercise } = manifest;
  return { lab, exercise, verdict, seeds, details: [...details, ...remarks] };
}

/** What computed then and computes now, where that is not the same. */
function buildRemarks({ build }: Manifest): string[] {
  const now = thisBuild();
  const names = {
    version: 'version',
    code: 'code',
    wasm: 'kernels',
    wasmThreads: 'kernels for threads',
    ptx: 'kernels for GPUs',
  } as const;
  const others = (Object.keys(names) as (keyof typeof names)[]).filter(
    (part) => build[part] !== undefined && build[part] !== now[part],
  );
  if (others.length === 0) return [];
  return [
    `computed with another build than it was signed off with: ${others.map((part) => names[part]).join(', ')}`,
  ];
}

import { ARITHMETIC_VERSION } from '../arithmetic.ts';
import type { Bands } from '../bands/bands.ts';
import { bandsFaults, differencesBeyondRounding } from '../bands/check-bands.ts';
import { deriveEpochs } from '../bands/derive.ts';
import { type DataDigests, dataChanges } from '../manifests/data-digests.ts';
import { type Manifest, manifestFaults } from '../manifests/manifest.ts';
import { differences } from '../recipe/differences.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { recipeHash } from '../trials/trial-key.ts';

/** What was measured of an exercise, and what is there tonight. */
export interface Calibration {
  readonly recipe: Recipe;
  readonly bands: Bands;
  readonly manifest: Manifest | null;
  /** Tonight's data, digested as they lie in memory. */
  readonly data: DataDigests;
  /** The files of the bands and of the manifest, to be named. */
  readonly files: { readonly bands: string; readonly manifest: string };
}

/** What is not as it was when the exercise was calibrated, a sentence each: files, recipe, data, arithmetic. */
export function changesSince(calibration: Calibration): string[] {
  const { recipe, bands, manifest, data } = calibration;
  const changes = fileFaults(calibration);
  const before = bands.recipe ?? manifest?.recipe;
  const recipeChanges = before === undefined ? [] : differences(before, recipe);
  changes.push(
    ...recipeChanges.map((change) => `the recipe changed since the calibration: ${change}`),
  );
  // Bands of long ago do not hold their recipe, but its hash.
  if (recipeChanges.length === 0 && bands.recipeHash !== recipeHash(recipe)) {
    changes.push('the recipe changed since the calibration, and the bands do not say how');
  }
  if (bands.dataDigest !== data.digest) {
    changes.push(
      `the data are not those of the calibration: their digest is ${short(data.digest)} instead of ${short(bands.dataDigest)}`,
    );
  }
  if (manifest !== null) changes.push(...dataChanges(manifest.data, data));
  const classes = bands.classes ?? manifest?.data.classes;
  const renamed = renamedClasses({ classes }, data.classes);
  if (renamed !== null) changes.push(renamed);
  if (bands.arithmetic !== ARITHMETIC_VERSION) {
    changes.push(`the bands are of ${bands.arithmetic}, this is ${ARITHMETIC_VERSION}`);
  }
  return changes;
}

/** Damage and edits of what is kept, each with its file. */
function fileFaults({ bands, manifest, files }: Calibration): string[] {
  const faults = bandsFaults(bands).map((fault) => `${files.bands} was changed: ${fault}`);
  if (manifest === null) return faults;
  if (bands.checksum === undefined) {
    faults.push(
      `${files.bands} was changed: it has no checksum, though its calibration is signed off`,
    );
  }
  faults.push(
    ...manifestFaults(manifest).map((fault) => `${files.manifest} was changed: ${fault}`),
  );
  faults.push(
    ...theFirst(disagreements(bands, manifest)).map(
      (fault) => `${files.bands} and ${files.manifest} disagree: ${fault}`,
    ),
  );
  return faults;
}

/** One number that was changed moves all that follow from it. */
function theFirst(faults: readonly string[]): readonly string[] {
  const more = faults.length - 3;
  return more < 2 ? faults : [...faults.slice(0, 3), `${more} further numbers`];
}

/** The manifest holds the trials with their histories: bands must follow from them. */
function disagreements(bands: Bands, manifest: Manifest): string[] {
  const known = new Map(manifest.trials.map((trial) => [trial.seed, trial]));
  const faults = differences(bands.recipeHash, manifest.recipeHash, 'recipeHash');
  for (const { seed, digest, loss, accuracy } of bands.trials) {
    const trial = known.get(seed);
    if (trial === undefined) continue;
    const { test } = trial;
    const after = { digest: trial.digest, loss: test.loss, accuracy: test.accuracy };
    faults.push(...differences({ digest, loss, accuracy }, after, `seed ${seed}`));
  }
  const histories = bands.seeds.flatMap((seed) => {
    const trial = known.get(seed);
    return trial === undefined ? [] : [trial.history];
  });
  if (histories.length === bands.seeds.length && histories.length > 0) {
    const derived = { epochs: deriveEpochs(histories) };
    faults.push(...differencesBeyondRounding({ epochs: bands.epochs }, derived));
  }
  return faults;
}

/**
 * Training is the same whatever its labels are called, so no digest tells; yet with other names every confusion matrix
 * and every answer about a class means something else. `null` where they are the same or were never written down.
 */
export function renamedClasses(
  { classes: before }: { readonly classes?: readonly string[] | undefined },
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

function short(digest: string): string {
  return digest.slice(0, 16);
}

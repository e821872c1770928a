import { hashOf } from '../digest.ts';
import { differences } from '../recipe/differences.ts';
import { recipeHash } from '../trials/trial-key.ts';
import type { Bands } from './bands.ts';
import { deriveFormerTest, deriveTest } from './derive.ts';

/** The checksum of bands: SHA-256 of the canonical JSON of all the rest. */
function bandsChecksum(bands: Bands): string {
  const { checksum: _, ...content } = bands;
  return hashOf(content);
}

/** The same bands with their checksum. */
export function sealBands(bands: Bands): Bands {
  return { ...bands, checksum: bandsChecksum(bands) };
}

/**
 * What in bands is not what it is said to be, a clause each: a checksum that does not match, and every number that the
 * trials in them do not give. Bands of older versions have no checksum, but their pass marks follow from their trials.
 */
export function bandsFaults(bands: Bands): string[] {
  const faults: string[] = [];
  const { recipe, trials } = bands;
  if (recipe !== undefined && recipeHash(recipe) !== bands.recipeHash) {
    faults.push('the recipe in it is not that of its recipeHash');
  }
  if (bands.n !== trials.length) {
    faults.push(`n is ${bands.n}, and it holds ${trials.length} trials`);
  }
  if (bands.seeds.join() !== trials.map(({ seed }) => seed).join()) {
    faults.push('the seeds are not those of its trials');
  }
  faults.push(...testFaults(bands));
  if (bands.checksum !== undefined && bands.checksum !== bandsChecksum(bands)) {
    faults.push(
      faults.length > 0
        ? 'its content does not match its checksum'
        : 'its content does not match its checksum, so something that its trials do not tell was changed',
    );
  }
  return faults;
}

function testFaults({ test, passing, trials, testCount }: Bands): string[] {
  // Of accuracies of exactly 0 or 1 the bounds depend on the number of images, which older bands do not tell.
  const exact = trials.every(({ accuracy }) => accuracy > 0 && accuracy < 1);
  if (trials.length < 2 || (testCount === undefined && !exact)) return [];
  const images = testCount ?? Number.MAX_SAFE_INTEGER;
  if (passing === undefined) {
    return differencesBeyondRounding(test, deriveFormerTest(trials, images)).map(
      (change) => `test.${change} by its trials`,
    );
  }
  const derived = deriveTest(trials, images, passing);
  return [
    ...differencesBeyondRounding(test, derived.test).map((change) => `test.${change}`),
    ...differencesBeyondRounding(passing, derived.passing).map((change) => `passing.${change}`),
  ].map((change) => `${change} by its trials`);
}

/** Stored statistics are rounded to six decimals, and machines may round the last one differently. */
const ROUNDING = 1.5e-6;

/** Differences of stored numbers from derived ones, without those of the last decimal. */
export function differencesBeyondRounding(stored: unknown, derived: unknown): string[] {
  return differences(stored, settle(stored, derived));
}

function settle(stored: unknown, derived: unknown): unknown {
  if (typeof stored === 'number' && typeof derived === 'number') {
    return Math.abs(stored - derived) <= ROUNDING ? stored : derived;
  }
  if (typeof derived !== 'object' || derived === null) return derived;
  const before = new Map(Object.entries(stored ?? {}));
  const settled = Object.entries(derived).map(([key, value]) => [
    key,
    settle(before.get(key), value),
  ]);
  return Array.isArray(derived) ? settled.map(([, value]) => value) : Object.fromEntries(settled);
}

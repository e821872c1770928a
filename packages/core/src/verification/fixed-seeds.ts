/** Calibrated seeds that every full night trains again; one more is another one every night. */
const EVERY_NIGHT = 2;

/** First seeds of nights follow the date in steps of so many. */
const SEEDS_OF_A_DAY = 1000;

/**
 * The calibrated seeds that a full night trains again: the first two, and one of the others, which changes from night to
 * night, so that no trial of a band is never looked at again.
 */
export function fixedSeeds(seeds: readonly number[], freshSeed: number): readonly number[] {
  const others = seeds.slice(EVERY_NIGHT);
  const one = others[Math.floor(freshSeed / SEEDS_OF_A_DAY) % Math.max(1, others.length)];
  return [...seeds.slice(0, EVERY_NIGHT), ...(one === undefined ? [] : [one])];
}

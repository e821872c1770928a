/** What the probability of getting stuck may be, each with its probability. */
export interface StuckShare {
  readonly shares: readonly number[];
  /** Add up to 1. */
  readonly weights: readonly number[];
}

const STEPS = 48;
/** Beyond so many deviations of the angle nothing is left. */
const REACH = 6;

/**
 * After so many stuck runs of n, by Jeffreys's prior Beta(½, ½): with p = sin²θ the density of θ is
 * sin^(2k)θ·cos^(2(n − k))θ, which has no poles, and a deviation near 1 / (2·√n) wherever it lies.
 */
export function stuckShare(stuck: number, n: number): StuckShare {
  const centre = Math.asin(Math.sqrt(stuck / n));
  const reach = REACH / (2 * Math.sqrt(n));
  const low = Math.max(0, centre - reach);
  const high = Math.min(Math.PI / 2, centre + reach);
  const angles = Array.from(
    { length: STEPS },
    (_, at) => low + ((high - low) * (at + 0.5)) / STEPS,
  );
  const logarithms = angles.map(
    (angle) => 2 * (stuck * Math.log(Math.sin(angle)) + (n - stuck) * Math.log(Math.cos(angle))),
  );
  const most = Math.max(...logarithms);
  const weights = logarithms.map((value) => Math.exp(value - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return {
    shares: angles.map((angle) => Math.sin(angle) ** 2),
    weights: weights.map((weight) => weight / sum),
  };
}
